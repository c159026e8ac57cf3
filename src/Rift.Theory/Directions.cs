using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The directions in which derivatives are checked: S x A tables whose largest absolute entry is 1.</summary>
internal static class Directions
{
    /// <summary>Above so many available pairs a gradient is sampled instead of checked in every coordinate.</summary>
    private const int SampledAbove = 200;

    private const int Samples = 8;

    /// <summary>1 at one pair, 0 elsewhere.</summary>
    internal static StateActionTable Coordinate(MarkovDecisionProcess mdp, int pair)
    {
        double[] entries = new double[mdp.States * mdp.Actions];
        entries[pair] = 1;
        return new StateActionTable(mdp.States, mdp.Actions, entries);
    }

    /// <summary>Every coordinate of an available pair, or 8 seeded coordinates and 8 seeded sign vectors where there are more than 200.</summary>
    internal static IReadOnlyList<StateActionTable> Of(MarkovDecisionProcess mdp, SplittableRandom random)
    {
        List<int> pairs = [];
        for (int s = 0; s < mdp.States; s++)
            for (int a = 0; a < mdp.Actions; a++)
                if (mdp.IsAvailable(s, a)) pairs.Add((s * mdp.Actions) + a);
        if (pairs.Count <= SampledAbove) return [.. pairs.Select(pair => Coordinate(mdp, pair))];

        List<StateActionTable> directions = [];
        for (int i = 0; i < Samples; i++) directions.Add(Coordinate(mdp, pairs[random.NextInt(pairs.Count)]));
        for (int i = 0; i < Samples; i++) directions.Add(Signs(mdp, random));
        return directions;
    }

    /// <summary>1 or -1 at every available pair, at random.</summary>
    internal static StateActionTable Signs(MarkovDecisionProcess mdp, SplittableRandom random) =>
        StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => mdp.IsAvailable(s, a) ? (random.NextInt(2) * 2) - 1 : 0);
}
