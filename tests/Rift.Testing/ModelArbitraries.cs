using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Rift.Mdp;

namespace Rift.Testing;

/// <summary>A random model, made from a few numbers that a counterexample prints and a shrinker makes smaller.</summary>
/// <param name="States">Number of states.</param>
/// <param name="Actions">Number of actions.</param>
/// <param name="Branching">The largest number of successors of a pair.</param>
/// <param name="Gaps">The probability that a pair is not available; one pair of each state always is.</param>
/// <param name="Terminals">How many of the last states are terminal; at most all but one.</param>
/// <param name="Discount">gamma.</param>
/// <param name="RewardScale">The size of the rewards.</param>
/// <param name="Seed">The seed of everything else.</param>
public sealed record RandomModel(int States, int Actions, int Branching, double Gaps, int Terminals, double Discount, double RewardScale, long Seed)
{
    private MarkovDecisionProcess? _mdp;

    /// <summary>The model.</summary>
    public MarkovDecisionProcess Mdp => _mdp ??= Create();

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{nameof(RandomModel)}({States}, {Actions}, {Branching}, {Gaps}, {Terminals}, {Discount}, {RewardScale}, {Seed})");

    private MarkovDecisionProcess Create()
    {
        SplittableRandom random = new(Seed);
        TransitionKernelBuilder kernel = new(States, Actions);
        double[] rewards = new double[States * Actions];
        for (int s = 0; s < States; s++)
        {
            if (s >= States - Terminals)
            {
                kernel.Add(s, 0, s, 1);
                continue;
            }

            int always = random.NextInt(Actions);
            for (int a = 0; a < Actions; a++)
            {
                if (a != always && random.NextDouble() < Gaps) continue;
                rewards[(s * Actions) + a] = RewardScale * random.NextNormal();
                double[] probabilities = random.NextDistribution(1 + random.NextInt(Branching));
                foreach (double p in probabilities) kernel.Add(s, a, random.NextInt(States), p);
            }
        }

        // Half of the models may start in a terminal state, as if it were over before it began.
        double[] initial = Seed % 2 == 0 ? random.NextDistribution(States) : [.. random.NextDistribution(States - Terminals), .. new double[Terminals]];
        return new MarkovDecisionProcess(kernel.Build(), new StateActionTable(States, Actions, rewards), initial, Discount, new ModelDescription
        {
            Name = Seed % 2 == 0 ? $"model \"{Seed}\"" : null,
            StateLabels = Seed % 3 == 0 ? [.. Enumerable.Range(0, States).Select(s => $"state {s} \u03b1\n")] : null,
            ActionLabels = Seed % 5 == 0 ? [.. Enumerable.Range(0, Actions).Select(a => $"<{a}>")] : null,
            Grid = Seed % 7 == 0 ? new GridGeometry(["..", ".#"], [.. Enumerable.Range(0, States).Select(s => (s % 5) - 1)]) : null,
            EvaluationHorizon = Seed % 2 == 1 ? 10 : null,
            Notes = Seed % 11 == 0 ? "notes" : null,
        });
    }
}

/// <summary>Generators of models for FsCheck, with shrinking.</summary>
public static class ModelArbitraries
{
    /// <summary>Models of 1 to 12 states and 1 to 5 actions, with and without unavailable actions and terminal states.</summary>
    public static Arbitrary<RandomModel> RandomModels() => Arb.From(
        from states in Gen.Choose(1, 12)
        from actions in Gen.Choose(1, 5)
        from branching in Gen.Choose(1, 6)
        from gaps in Gen.Elements(0, 0, 0.3, 0.8)
        from terminals in Gen.Choose(0, Math.Min(2, states - 1))
        from discount in Gen.Elements(0, 0.5, 0.9, 0.99)
        from scale in Gen.Elements(0, 1, 1, 1e-5, 1e6)
        from seed in Gen.Choose(0, int.MaxValue)
        select new RandomModel(states, actions, branching, gaps, terminals, discount, scale, seed),
        Smaller);

    private static IEnumerable<RandomModel> Smaller(RandomModel model)
    {
        if (model.States > 1) yield return model with { States = model.States - 1, Terminals = Math.Min(model.Terminals, model.States - 2) };
        if (model.Actions > 1) yield return model with { Actions = model.Actions - 1 };
        if (model.Branching > 1) yield return model with { Branching = model.Branching - 1 };
        if (model.Terminals > 0) yield return model with { Terminals = model.Terminals - 1 };
        if (model.Gaps > 0) yield return model with { Gaps = 0 };
        if (model.Discount > 0) yield return model with { Discount = model.Discount > 0.5 ? 0.5 : 0 };
        if (model.RewardScale is not (0 or 1)) yield return model with { RewardScale = 1 };
    }
}
