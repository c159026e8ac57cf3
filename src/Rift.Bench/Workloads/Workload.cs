using System.Globalization;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Bench;

/// <summary>A model as other programs hold it: compressed rows, one for each state-action pair <c>s * A + a</c>, and a reward for each pair.</summary>
/// <remarks>Transitions may be read from files, which <see cref="Dispose"/> closes; a process made before owns what it needs.</remarks>
internal sealed class Workload : IDisposable
{
    /// <summary>A short name for tables.</summary>
    internal required string Name { get; init; }

    /// <summary>The folder that it was read from, as it was given; the name of one that was drawn.</summary>
    internal string Origin { get => field ?? Name; init; }

    /// <summary>Number of states S.</summary>
    internal required int States { get; init; }

    /// <summary>Number of actions A.</summary>
    internal required int Actions { get; init; }

    /// <summary>The discount gamma.</summary>
    internal required double Discount { get; init; }

    /// <summary>Where each row begins, S A + 1 entries: the last is the number of transitions.</summary>
    internal required long[] RowStart { get; init; }

    /// <summary>The reward of each pair.</summary>
    internal required double[] Rewards { get; init; }

    /// <summary>Reads successors, increasing within a row, and their probabilities.</summary>
    internal required SparseKernel.TransitionReader Read { get; init; }

    /// <summary>What is open while transitions are read; null where they lie in memory.</summary>
    internal IDisposable? Files { get; init; }

    /// <summary>Number of transitions.</summary>
    internal int Transitions => (int)RowStart[^1];

    /// <summary>The least a sweep over this layout moves: 12 bytes a transition, 8 a reward, 16 a state.</summary>
    internal long BytesPerSweep => (12L * Transitions) + (8L * Rewards.Length) + (16L * States);

    /// <summary>The process, starting uniformly, at the workload's discount or another.</summary>
    /// <exception cref="ModelFormatException">The rows are no probabilities over the states.</exception>
    internal MarkovDecisionProcess Process(double? discount = null)
    {
        double[] initial = new double[States];
        Array.Fill(initial, 1.0 / States);
        try
        {
            return new MarkovDecisionProcess(Kernel(), StateActionTable.Own(States, Actions, Rewards), initial, discount ?? Discount);
        }
        catch (InvalidModelException e)
        {
            string? place = e.State is null ? null : e.Action is null ? $"state {e.State}" : $"state {e.State}, action {e.Action}";
            throw new ModelFormatException(Origin, e.Found, e.Expected, field: place, inner: e);
        }
    }

    /// <summary>The kernel, built from the rows in order.</summary>
    /// <exception cref="InvalidModelException">The rows are no probabilities over the states.</exception>
    internal SparseKernel Kernel() => SparseKernel.FromRows(States, Actions, RowStart, Read);

    /// <summary>All transitions at once.</summary>
    internal (int[] Successors, double[] Probabilities) ReadAll()
    {
        int[] successors = new int[Transitions];
        double[] probabilities = new double[Transitions];
        Read(0, successors, probabilities);
        return (successors, probabilities);
    }

    /// <summary>A reader of transitions that lie in memory.</summary>
    internal static SparseKernel.TransitionReader From(int[] successors, double[] probabilities) => (first, someSuccessors, someProbabilities) =>
    {
        successors.AsSpan((int)first, someSuccessors.Length).CopyTo(someSuccessors);
        probabilities.AsSpan((int)first, someProbabilities.Length).CopyTo(someProbabilities);
    };

    /// <summary>Sizes and discount in words.</summary>
    internal string Describe() => string.Create(CultureInfo.InvariantCulture, $"{States} states, {Actions} actions, {Transitions} transitions, discount {Discount}");

    /// <inheritdoc/>
    public void Dispose() => Files?.Dispose();
}
