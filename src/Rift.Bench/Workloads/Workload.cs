using System.Globalization;
using Rift.Mdp;
using Rift.Models;

namespace Rift.Bench;

/// <summary>A model as other programs hold it: compressed rows, one for each state-action pair <c>s * A + a</c>, and a reward for each pair.</summary>
/// <remarks>The memory may be a mapped file, which <see cref="Dispose"/> lets go; a process made before owns what it needs.</remarks>
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
    internal required ReadOnlyMemory<long> RowStart { get; init; }

    /// <summary>The successor of each transition, increasing within a row.</summary>
    internal required ReadOnlyMemory<int> Successors { get; init; }

    /// <summary>The probability of each transition.</summary>
    internal required ReadOnlyMemory<double> Probabilities { get; init; }

    /// <summary>The reward of each pair.</summary>
    internal required ReadOnlyMemory<double> Rewards { get; init; }

    /// <summary>What is mapped and must be let go.</summary>
    internal IReadOnlyList<IDisposable> Mappings { get; init; } = [];

    /// <summary>The least a sweep over this layout moves: 12 bytes a transition, 8 a reward, 16 a state.</summary>
    internal long BytesPerSweep => (12L * Successors.Length) + (8L * Rewards.Length) + (16L * States);

    /// <summary>The process, starting uniformly, at the workload's discount or another.</summary>
    /// <exception cref="ModelFormatException">The rows are no probabilities over the states.</exception>
    internal MarkovDecisionProcess Process(double? discount = null)
    {
        double[] initial = new double[States];
        Array.Fill(initial, 1.0 / States);
        try
        {
            return new MarkovDecisionProcess(Kernel(), new StateActionTable(States, Actions, Rewards.Span), initial, discount ?? Discount);
        }
        catch (InvalidModelException e)
        {
            string? place = e.State is null ? null : e.Action is null ? $"state {e.State}" : $"state {e.State}, action {e.Action}";
            throw new ModelFormatException(Origin, e.Found, e.Expected, field: place, inner: e);
        }
    }

    /// <summary>The kernel, built from the rows in order.</summary>
    /// <exception cref="InvalidModelException">The rows are no probabilities over the states.</exception>
    internal SparseKernel Kernel() => SparseKernel.FromRows(States, Actions, RowStart.Span, (first, successors, probabilities) =>
    {
        Successors.Span.Slice((int)first, successors.Length).CopyTo(successors);
        Probabilities.Span.Slice((int)first, probabilities.Length).CopyTo(probabilities);
    });

    /// <summary>Sizes and discount in words.</summary>
    internal string Describe() => string.Create(CultureInfo.InvariantCulture, $"{States} states, {Actions} actions, {Successors.Length} transitions, discount {Discount}");

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IDisposable mapping in Mappings) mapping.Dispose();
    }
}
