using System.Globalization;
using Rift.Mdp;

namespace Rift.Models;

/// <summary>Forest management (the example of MDPtoolbox; Chadès et al. 2014): let the wood grow old, or cut it, while it may burn.</summary>
/// <remarks>
/// States: the age of the wood, 0 the youngest. Action 0 waits: with probability p a fire leads to age 0, else the wood grows older, the oldest stays; waiting
/// in the oldest state gives <c>waitReward</c>. Action 1 cuts and leads to age 0: it gives 0 at age 0, <c>cutReward</c> at the oldest, else 1. Nothing ends.
/// MDPtoolbox has no start; ours is age 0.
/// </remarks>
public static class Forest
{
    /// <summary>A forest.</summary>
    /// <param name="states">Number of ages S, at least 2.</param>
    /// <param name="waitReward">r1: waiting at the oldest age.</param>
    /// <param name="cutReward">r2: cutting at the oldest age.</param>
    /// <param name="fire">p: the probability of a fire in a year of waiting, 0 to 1.</param>
    /// <param name="discount">gamma, at least 0 and below 1.</param>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public static MarkovDecisionProcess Create(int states = 3, double waitReward = 4, double cutReward = 2, double fire = 0.1, double discount = 0.9)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(states, 2);
        if (!(fire is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(fire), fire, "expected a probability from 0 to 1");
        OutcomeTable table = new(states, 2);
        int oldest = states - 1;
        for (int age = 0; age < states; age++)
        {
            double wait = age == oldest ? waitReward : 0;
            table.Add(age, 0, fire, 0, wait);
            table.Add(age, 0, 1 - fire, Math.Min(age + 1, oldest), wait);
            table.Add(age, 1, 1, 0, age == 0 ? 0 : age == oldest ? cutReward : 1);
        }

        return table.Build(table.UniformOver([0]), discount, new ModelDescription
        {
            StateLabels = [.. Enumerable.Range(0, states).Select(age => string.Create(CultureInfo.InvariantCulture, $"age {age}"))],
            ActionLabels = ["wait", "cut"],
            EvaluationHorizon = 100,
            Notes = "Forest management (MDPtoolbox; Chadès et al. 2014)",
        });
    }
}
