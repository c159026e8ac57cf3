using System.Globalization;

namespace Rift.Mdp;

/// <summary>A decision: an action taken in a state.</summary>
/// <param name="State">s, from 0.</param>
/// <param name="Action">a, from 0.</param>
public readonly record struct Decision(int State, int Action);

/// <summary>What one demonstrator was seen to do, in order.</summary>
/// <param name="Id">Who, or in which episode.</param>
/// <param name="Decisions">The decisions.</param>
public sealed record Demonstration(string Id, IReadOnlyList<Decision> Decisions);

/// <summary>Behaviour to learn a reward from: how often each action was taken in each state.</summary>
/// <remarks>
/// The likelihood of a policy needs no more than the counts n(s,a). They may come from demonstrations one by one, from a table of counts, or, as weights that sum to one, from a policy
/// that is known: its occupancy mu is what infinitely many discounted demonstrations show, and the likelihood becomes -Psi (9) up to a constant. Immutable.
/// </remarks>
public sealed class Demonstrations
{
    private Demonstrations(StateActionTable counts, IReadOnlyList<StateActionTable> outcomes, IReadOnlyList<Demonstration> trajectories, bool isPopulation)
    {
        Counts = counts;
        OutcomeCounts = outcomes;
        Trajectories = trajectories;
        IsPopulation = isPopulation;
        Total = counts.Sum();
    }

    /// <summary>n(s,a), S x A, non-negative; their sum is positive.</summary>
    public StateActionTable Counts { get; }

    /// <summary>n_j(s,a): the counts by how the step to the decision had turned out, one table an outcome, that sum to <see cref="Counts"/>; none where that was not recorded.</summary>
    public IReadOnlyList<StateActionTable> OutcomeCounts { get; }

    /// <summary>The demonstrations one by one; none where only counts are known.</summary>
    public IReadOnlyList<Demonstration> Trajectories { get; }

    /// <summary>Whether the counts are the occupancy of a policy, so that nothing is left to chance.</summary>
    public bool IsPopulation { get; }

    /// <summary>The sum of the counts: the number of decisions, or 1 for an occupancy.</summary>
    public double Total { get; }

    /// <summary>Decisions that were counted.</summary>
    /// <param name="counts">n(s,a), S x A, finite and non-negative, not all zero.</param>
    /// <exception cref="InvalidModelException">An entry is negative or not finite.</exception>
    /// <exception cref="ArgumentException">There is no decision.</exception>
    public static Demonstrations FromCounts(StateActionTable counts) => new(Checked(counts), [], [], isPopulation: false);

    /// <summary>Decisions that were counted by how the step to them had turned out.</summary>
    /// <param name="counts">n_j(s,a) for each outcome j, S x A each.</param>
    /// <exception cref="InvalidModelException">An entry is negative or not finite.</exception>
    /// <exception cref="ArgumentException">There is no decision, or the shapes differ.</exception>
    public static Demonstrations FromOutcomes(IReadOnlyList<StateActionTable> counts)
    {
        if (Require.NotNull(counts).Count == 0) throw new ArgumentException("found no table of counts, expected one for each outcome", nameof(counts));
        return new(Checked(counts.Aggregate((sum, next) => sum + Counted(next))), [.. counts.Select(Counted)], [], isPopulation: false);
    }

    /// <summary>Demonstrations one by one.</summary>
    /// <param name="states">S.</param>
    /// <param name="actions">A.</param>
    /// <param name="trajectories">The demonstrations, with at least one decision in all.</param>
    /// <exception cref="ArgumentException">There is no decision, or one of an unknown state or action.</exception>
    public static Demonstrations FromTrajectories(int states, int actions, IReadOnlyList<Demonstration> trajectories)
    {
        double[] counts = new double[Require.Pairs(states, actions)];
        foreach (Decision decision in Require.NotNull(trajectories).SelectMany(one => one.Decisions))
        {
            Require.Index(decision.State, states, nameof(decision.State));
            Require.Index(decision.Action, actions, nameof(decision.Action));
            counts[(decision.State * actions) + decision.Action]++;
        }

        return new Demonstrations(Checked(StateActionTable.Own(states, actions, counts)), [], trajectories, isPopulation: false);
    }

    /// <summary>What a policy would be seen to do, were it watched for ever: its occupancy mu, rounding below zero taken off.</summary>
    /// <param name="visitation">Where the policy goes.</param>
    public static Demonstrations OfPolicy(Visitation visitation) => new(Checked(Require.NotNull(visitation).Pairs.Map(mu => Math.Max(mu, 0))), [], [], isPopulation: true);

    /// <summary>As many demonstrations drawn with replacement: whole trajectories where there are two or more, single decisions otherwise.</summary>
    /// <remarks>The bootstrap of Efron (1979), by clusters where the data name them. O(decisions).</remarks>
    /// <param name="random">The stream.</param>
    /// <exception cref="InvalidOperationException">The counts are no whole numbers, so that there is nothing to draw.</exception>
    public Demonstrations Resampled(SplittableRandom random)
    {
        Require.NotNull(random);
        if (Trajectories.Count > 1)
            return FromTrajectories(Counts.States, Counts.Actions, [.. Trajectories.Select(_ => Trajectories[random.NextInt(Trajectories.Count)])]);
        StateActionTable[] tables = OutcomeCounts.Count > 0 ? [.. OutcomeCounts] : [Counts];
        double[] ends = new double[tables.Length * Counts.Entries.Length];
        double end = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            double count = tables[i / Counts.Entries.Length][i % Counts.Entries.Length];
            if (count != Math.Floor(count) || Total > int.MaxValue) throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"found the count {count}, expected whole numbers to draw from"));
            ends[i] = end += count;
        }

        double[][] drawn = [.. tables.Select(_ => new double[Counts.Entries.Length])];
        for (int draw = 0; draw < (int)end; draw++)
        {
            int cell = Array.BinarySearch(ends, random.NextInt((int)end) + 0.5);
            cell = ~cell;
            drawn[cell / Counts.Entries.Length][cell % Counts.Entries.Length]++;
        }

        StateActionTable[] counts = [.. drawn.Select(table => StateActionTable.Own(Counts.States, Counts.Actions, table))];
        return OutcomeCounts.Count > 0 ? FromOutcomes(counts) : FromCounts(counts[0]);
    }

    /// <summary>This, if every decision is one that the process has.</summary>
    /// <param name="kernel">The dynamics.</param>
    /// <exception cref="ArgumentException">The shape is another one.</exception>
    /// <exception cref="InvalidModelException">An action was counted where it is not available.</exception>
    public Demonstrations RequireFits(TransitionKernel kernel)
    {
        Require.Shape(Counts, Require.NotNull(kernel).States, kernel.Actions, nameof(Demonstrations));
        for (int s = 0; s < kernel.States; s++)
            for (int a = 0; a < kernel.Actions; a++)
                if (Counts[s, a] > 0 && !kernel.IsAvailable(s, a))
                    throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found {Counts[s, a]} decisions for an action that is not available"), "none", s, a);
        return this;
    }

    private static StateActionTable Checked(StateActionTable counts) =>
        Counted(counts).Sum() > 0 ? counts : throw new ArgumentException("found no decision, expected at least one", nameof(counts));

    private static StateActionTable Counted(StateActionTable counts)
    {
        for (int i = 0; i < Require.NotNull(counts).Entries.Length; i++)
            if (!(counts[i] >= 0 && double.IsFinite(counts[i])))
                throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the count {counts[i]}"), "a finite number, zero or more", i / counts.Actions, i % counts.Actions);
        return counts;
    }
}
