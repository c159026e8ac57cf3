using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>One line of a transition table as simulators write it: what may follow a state and an action.</summary>
/// <param name="Probability">Its probability.</param>
/// <param name="Next">The successor state; of no consequence where the episode ends.</param>
/// <param name="Reward">The reward received on the way.</param>
/// <param name="Terminated">Whether the episode ends here.</param>
/// <param name="Success">Whether it ends in success.</param>
internal readonly record struct Outcome(double Probability, int Next, double Reward, bool Terminated, bool Success = false);

/// <summary>A transition table with rewards and ends on its transitions, and how it becomes a Markov decision process.</summary>
/// <remarks>
/// Every outcome that ends an episode goes to one added terminal state, numbered last, also when its successor is a listed state. Successors that repeat are
/// summed in the order they came; rewards are folded by expectation. A state without outcomes becomes absorbing: one action, reward 0. Worlds and files
/// share this class, so that a world equals its exported table bit for bit.
/// </remarks>
internal sealed class OutcomeTable
{
    private readonly List<(int Pair, Outcome Outcome)> _lines = [];

    /// <summary>An empty table for listed states and actions.</summary>
    internal OutcomeTable(int states, int actions)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(actions, 1);
        if (((long)states + 1) * actions > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(states), states, string.Create(CultureInfo.InvariantCulture, $"expected at most {Array.MaxLength} state-action pairs"));
        States = states;
        Actions = actions;
    }

    /// <summary>Number of listed states, the added terminal not counted.</summary>
    internal int States { get; }

    /// <summary>Number of actions.</summary>
    internal int Actions { get; }

    /// <summary>The added terminal state, or null while no outcome ends an episode.</summary>
    internal int? AddedTerminal { get; private set; }

    /// <summary>Listed states without outcomes, which became absorbing. Known once built.</summary>
    internal IReadOnlyList<int> Absorbing { get; private set; } = [];

    /// <summary>How many successors were summed into another. Known once built.</summary>
    internal int DuplicatesSummed { get; private set; }

    /// <summary>Adds a line.</summary>
    internal void Add(int state, int action, Outcome outcome)
    {
        if (outcome.Terminated) AddedTerminal = States;
        _lines.Add(((state * Actions) + action, outcome));
    }

    /// <summary>Adds an outcome that does not end the episode.</summary>
    internal void Add(int state, int action, double probability, int next, double reward) =>
        Add(state, action, new Outcome(probability, next, reward, Terminated: false));

    /// <summary>The process.</summary>
    /// <param name="initial">d(s) over the listed states.</param>
    /// <param name="discount">gamma.</param>
    /// <param name="description">Names and map of the listed states; the added terminal is called "end" and lies nowhere.</param>
    internal MarkovDecisionProcess Build(ReadOnlySpan<double> initial, double discount, ModelDescription? description = null)
    {
        int states = AddedTerminal is null ? States : States + 1;
        TransitionKernelBuilder kernel = new(states, Actions);
        double[] rewards = new double[states * Actions], success = new double[states * Actions];
        List<int> absorbing = [];
        (int[] start, Outcome[] lines) = ByPair();
        for (int s = 0; s < States; s++)
        {
            if (start[s * Actions] == start[(s + 1) * Actions])
            {
                kernel.Add(s, 0, s, 1);
                absorbing.Add(s);
            }

            for (int pair = s * Actions; pair < (s + 1) * Actions; pair++)
            {
                ReadOnlySpan<Outcome> row = lines.AsSpan(start[pair]..start[pair + 1]);
                foreach (Outcome o in row)
                {
                    kernel.Add(s, pair % Actions, o.Terminated ? States : o.Next, o.Probability);
                    if (o.Success) success[pair] += o.Probability;
                }

                rewards[pair] = ExpectedReward(row);
            }
        }

        if (AddedTerminal is int end) kernel.Add(end, 0, end, 1);
        SparseKernel built = kernel.Build();
        Absorbing = absorbing;
        DuplicatesSummed = kernel.DuplicatesSummed;
        double[] everywhere = new double[states];
        initial.CopyTo(everywhere);
        return new MarkovDecisionProcess(built, new StateActionTable(states, Actions, rewards), everywhere, discount, WithSuccess(WithTerminal(description), states, success));
    }

    /// <summary>The distribution that starts in one of the given states, each equally likely.</summary>
    internal double[] UniformOver(IReadOnlyCollection<int> starts)
    {
        double[] initial = new double[States];
        foreach (int s in starts) initial[s] = 1.0 / starts.Count;
        return initial;
    }

    // Where all outcomes carry one reward, the expectation is that reward, whatever the rounding of its probabilities.
    private static double ExpectedReward(ReadOnlySpan<Outcome> row)
    {
        double sum = 0;
        bool same = true;
        foreach (Outcome o in row)
        {
            sum += o.Probability * o.Reward;
            same &= BitConverter.DoubleToInt64Bits(o.Reward) == BitConverter.DoubleToInt64Bits(row[0].Reward);
        }

        return same && row.Length > 0 ? row[0].Reward : sum;
    }

    // A counting sort by pair, stable, so that an outcome keeps its place among those of its pair.
    private (int[] Start, Outcome[] Lines) ByPair()
    {
        int[] start = new int[(States * Actions) + 1];
        foreach ((int pair, _) in _lines) start[pair + 1]++;
        for (int pair = 0; pair < States * Actions; pair++) start[pair + 1] += start[pair];
        int[] free = start[..^1];
        Outcome[] lines = new Outcome[_lines.Count];
        foreach ((int pair, Outcome outcome) in _lines) lines[free[pair]++] = outcome;
        return (start, lines);
    }

    private ModelDescription? WithSuccess(ModelDescription? description, int states, double[] success) =>
        _lines.Exists(line => line.Outcome.Success) ? (description ?? ModelDescription.None) with { Success = new StateActionTable(states, Actions, success) } : description;

    private ModelDescription? WithTerminal(ModelDescription? description) => AddedTerminal is null || description is null ? description : description with
    {
        StateLabels = description.StateLabels is { } labels ? [.. labels, "end"] : null,
        Grid = description.Grid is { } grid ? new GridGeometry(grid.Map, [.. grid.CellOfState, -1]) : null,
    };
}
