using System.Globalization;
using Rift.Mdp;
using Rift.Models;
using Rift.Theory;

namespace Rift.Cli;

/// <summary>What <c>rift verify</c> checks the statements on.</summary>
internal static class VerificationCases
{
    /// <summary>The built-in worlds that every full run contains: small enough for direct solves.</summary>
    internal static IReadOnlyList<string> Worlds { get; } =
        ["frozenlake:4x4", "frozenlake:8x8", "cliffwalking", "taxi", "pits12", "fourrooms", "windycliff", "chain", "riverswim", "bandit", "forest", "suttonbarto"];

    private const double LargestDiscount = 1 - 1e-9;

    /// <summary>The scenario on which differences of Psi are studied: four states, three actions, rewards of size one, nothing near a limit.</summary>
    internal static Scenario Differentiated => RandomScenario.On("garnet:4,3,4,1", Garnet.Create(4, 3, 4, seed: 1, discount: 0.9), 0.5, new SplittableRandom(1));

    private static readonly double[] _discounts = [0, 0.5, 0.9, 0.95, 0.99];

    /// <summary>Small random processes of every shape: 2 to 8 states, 1 to 4 actions, some with actions that are not available, some with an absorbing end.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Their seed; case i is the same however many there are.</param>
    internal static IEnumerable<LedgerCase> Random(int count, long seed) => Enumerable.Range(0, count).Select(i =>
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"random {i}");
        return new LedgerCase(name, () =>
        {
            SplittableRandom random = SplittableRandom.Stream(seed, i);
            MarkovDecisionProcess mdp = Process(random, withUnavailable: i % 3 == 1, withEnd: i % 4 == 2);
            double temperature = Math.Pow(10, random.NextDouble(-1.5, 1));
            return RandomScenario.On(name, mdp, temperature, random);
        });
    });

    /// <summary>A model, with rewards, policies and interventions drawn on it; the temperature is a tenth of its largest reward.</summary>
    /// <remarks>
    /// The rewards are scaled by a power of two so that the largest lies in [1/2, 1): that changes no digit, the statements do not depend on the unit of the reward, and
    /// nothing over- or underflows.
    /// </remarks>
    /// <exception cref="InputException">The discount is so close to one that double precision has no digits left to check anything with.</exception>
    internal static IEnumerable<LedgerCase> On(string name, MarkovDecisionProcess mdp, int count, long seed)
    {
        if (mdp.Discount > LargestDiscount)
            throw new InputException(string.Create(CultureInfo.InvariantCulture, $"{name}: found the discount {mdp.Discount:R}, expected at most {LargestDiscount:R} to check statements on"));
        double largest = mdp.Reward.MaxAbs();
        MarkovDecisionProcess scaled = largest == 0 ? mdp : mdp.WithReward(mdp.Reward.Map(r => Math.ScaleB(r, -Math.ILogB(largest) - 1)));
        return Enumerable.Range(0, count).Select(i =>
        {
            string caseName = count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name} #{i}");
            return new LedgerCase(caseName, () => RandomScenario.On(caseName, scaled, largest > 0 ? 0.1 * scaled.Reward.MaxAbs() : 1, SplittableRandom.Stream(seed, i)));
        });
    }

    private static MarkovDecisionProcess Process(SplittableRandom random, bool withUnavailable, bool withEnd)
    {
        int states = 2 + random.NextInt(7), actions = 1 + random.NextInt(4), branching = 1 + random.NextInt(Math.Min(states, 4));
        double discount = _discounts[random.NextInt(_discounts.Length)];
        MarkovDecisionProcess garnet = Garnet.Create(states, actions, branching, random.NextInt(int.MaxValue), discount);
        TransitionKernelBuilder kernel = new(states, actions);
        for (int s = 0; s < states; s++)
        {
            bool isEnd = withEnd && s == states - 1;
            if (isEnd) kernel.Add(s, 0, s, 1);
            int kept = random.NextInt(actions);
            for (int a = 0; a < actions && !isEnd; a++)
            {
                if (withUnavailable && a != kept && random.NextDouble() < 0.4) continue;
                foreach (Successor next in garnet.Kernel.Successors(s, a)) kernel.Add(s, a, next.State, next.Probability);
            }
        }

        StateActionTable reward = withEnd ? StateActionTable.Create(states, actions, (s, a) => s == states - 1 ? 0 : garnet.Reward[s, a]) : garnet.Reward;
        return new MarkovDecisionProcess(kernel.Build(), reward, random.NextDistribution(states), discount);
    }
}
