using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Random processes with a given number of successors (Archibald, McKinnon and Thomas 1995: generic average reward non-stationary environment test bench).</summary>
/// <remarks>
/// From each pair <c>branching</c> distinct successors are drawn uniformly; their probabilities are the gaps between uniform cuts of [0, 1], that is, uniform on
/// the simplex. Rewards are standard normal, one for each pair (Bhatnagar et al. 2009). The start is uniform. A seed means the same process in every version.
/// </remarks>
public static class Garnet
{
    /// <summary>The process of a seed.</summary>
    /// <param name="states">Number of states S, at least 1.</param>
    /// <param name="actions">Number of actions A, at least 1.</param>
    /// <param name="branching">Successors of each pair, 1 to S.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range, or there would be more transitions than one array can hold.</exception>
    public static MarkovDecisionProcess Create(int states, int actions, int branching, long seed, double discount = 0.95)
    {
        OutcomeTable table = new(states, actions);
        if (branching < 1 || branching > states)
            throw new ArgumentOutOfRangeException(nameof(branching), branching, string.Create(CultureInfo.InvariantCulture, $"expected 1 to {states}, the number of states"));
        if ((long)states * actions * branching > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(branching), branching, string.Create(CultureInfo.InvariantCulture, $"expected at most {Array.MaxLength} transitions"));
        SplittableRandom random = new(seed);
        for (int s = 0; s < states; s++)
        {
            for (int a = 0; a < actions; a++)
            {
                int[] successors = Distinct(states, branching, random);
                double[] probabilities = random.NextDistribution(branching);
                double reward = random.NextNormal();
                for (int i = 0; i < branching; i++) table.Add(s, a, probabilities[i], successors[i], reward);
            }
        }

        return table.Build(table.UniformOver([.. Enumerable.Range(0, states)]), discount, new ModelDescription
        {
            Notes = string.Create(CultureInfo.InvariantCulture, $"Garnet({states}, {actions}, {branching}), seed {seed}"),
        });
    }

    // Floyd's sample without replacement (Bentley and Floyd 1987): as many draws as successors, however many states there are.
    private static int[] Distinct(int states, int count, SplittableRandom random)
    {
        HashSet<int> drawn = [];
        for (int last = states - count; last < states; last++)
            if (!drawn.Add(random.NextInt(last + 1))) drawn.Add(last);
        return [.. drawn.Order()];
    }
}
