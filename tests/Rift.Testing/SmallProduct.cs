using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Rift.Mdp;

namespace Rift.Testing;

/// <summary>The plan of a small product of components, made of small problems whose last states may be ends; it shrinks as they do.</summary>
public sealed record SmallProduct
{
    /// <summary>The components' dynamics; rewards, discount, temperature and policies of the product are derived from the first.</summary>
    public required SmallProblem[] Parts { get; init; }

    /// <summary>The number of states of each part that are live.</summary>
    public required int[] Live { get; init; }

    /// <summary>For each action the actions of the parts, taken modulo what they have.</summary>
    public required int[][] Actions { get; init; }

    /// <summary>Whether a quarter of what ends goes to one end and the rest to another.</summary>
    public required bool TwoEnds { get; init; }

    /// <summary>The product, not stored.</summary>
    public KroneckerKernel Kernel
    {
        get
        {
            KroneckerFactor[] factors = Factors;
            return new KroneckerKernel(factors, Choices, TwoEnds ? Ways(factors) : null);
        }
    }

    /// <summary>All transitions of the product but the ends', with the factors of their probabilities; several may have one successor.</summary>
    public IEnumerable<(int State, int Action, int Next, double[] Factors)> Products
    {
        get
        {
            KroneckerKernel kernel = Kernel;
            IReadOnlyList<KroneckerEnd> ways = Ways(kernel.Factors);
            int[][] choices = Choices;
            for (int s = 0; s < kernel.LiveStates; s++)
            {
                for (int a = 0; a < choices.Length; a++)
                {
                    int[] tuple = [.. Enumerable.Range(0, Parts.Length).Select(k => kernel.ComponentOf(s, k))];
                    IEnumerable<(int[] Next, double[] Factors)> joint = [([], [])];
                    for (int k = 0; k < Parts.Length; k++)
                    {
                        Successor[] row = [.. kernel.Factors[k].Kernel.Successors(tuple[k], choices[a][k]).Where(next => next.State < kernel.Factors[k].Live)];
                        joint = [.. joint.SelectMany(head => row.Select(next => ((int[])[.. head.Next, next.State], (double[])[.. head.Factors, next.Probability])))];
                    }

                    foreach ((int[] next, double[] factors) in joint) yield return (s, a, kernel.StateOf(next), factors);
                    foreach (KroneckerEnd way in ways) yield return (s, a, kernel.LiveStates + way.End, [.. way.Probabilities.Select((table, k) => table[tuple[k], choices[a][k]])]);
                }
            }
        }
    }

    /// <summary>The same dynamics, stored, made from the parts one transition at a time.</summary>
    public SparseKernel Stored
    {
        get
        {
            int live = Live.Aggregate(1, (product, n) => product * n);
            bool ends = Parts.Where((part, k) => Live[k] < part.States).Any();
            int[][] choices = Choices;
            TransitionKernelBuilder builder = new(live + (ends ? (TwoEnds ? 2 : 1) : 0), choices.Length);
            for (int s = live; s < builder.States; s++) builder.Add(s, 0, s, 1);
            for (int s = 0; s < live; s++)
            {
                for (int a = 0; a < choices.Length; a++)
                {
                    foreach ((int next, double probability) in Joint(s, choices[a]))
                    {
                        if (next >= 0) builder.Add(s, a, next, probability);
                        else if (!TwoEnds) builder.Add(s, a, live, probability);
                        else builder.Add(s, a, live, 0.25 * probability).Add(s, a, live + 1, 0.75 * probability);
                    }
                }
            }

            return builder.Build();
        }
    }

    /// <summary>A problem on a kernel of this shape.</summary>
    public SoftProblem Problem(TransitionKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        double[] initial = new double[kernel.States];
        initial[0] = 1;
        StateActionTable rewards = StateActionTable.Create(kernel.States, kernel.Actions, (s, a) => kernel.IsAvailable(s, a) ? Parts[0].Rewards[((3 * s) + a) % Parts[0].Rewards.Length] : 0);
        return new SoftProblem(new MarkovDecisionProcess(kernel, rewards, initial, Parts[0].Discount), Parts[0].Temperature);
    }

    /// <summary>A policy on a kernel of this shape, positive on every available action.</summary>
    public Policy Policy(TransitionKernel kernel)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        return Mdp.Policy.Softmax(StateActionTable.Create(kernel.States, kernel.Actions, (s, a) => kernel.IsAvailable(s, a) ? Parts[0].PriorWeights[((5 * s) + a) % Parts[0].PriorWeights.Length] : double.NegativeInfinity));
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"live=[{string.Join(' ', Live)}] actions=[{string.Join(" | ", Choices.Select(tuple => string.Join(' ', tuple)))}] ends={(TwoEnds ? "two" : "one")} {string.Join(" (x) ", Parts.Select(part => $"{{{part}}}"))}");

    internal static SmallProduct Draw(int seed)
    {
        SplittableRandom random = new(seed);
        SmallProblem[] parts = [.. Enumerable.Range(0, 1 + random.NextInt(3)).Select(_ => SmallProblem.Draw(random.NextInt(int.MaxValue)))];
        int actions = 1 + random.NextInt(5);
        return new SmallProduct
        {
            Parts = parts,
            Live = [.. parts.Select(part => 1 + random.NextInt(Math.Min(part.States, 4)))],
            Actions = [.. Enumerable.Range(0, actions).Select(a => parts.Select(_ => a == 0 ? 0 : random.NextInt(4)).ToArray())],
            TwoEnds = random.NextInt(2) == 0,
        };
    }

    internal IEnumerable<SmallProduct> Simpler()
    {
        if (TwoEnds) yield return this with { TwoEnds = false };
        for (int a = Actions.Length - 1; a > 0; a--) yield return this with { Actions = [.. Actions[..a], .. Actions[(a + 1)..]] };
        for (int k = 0; k < Parts.Length; k++)
        {
            if (Parts.Length > 1) yield return this with { Parts = Without(Parts, k), Live = Without(Live, k), Actions = [.. Actions.Select(tuple => Without(tuple, k))] };
            if (Live[k] > 1) yield return this with { Live = Replaced(Live, k, Live[k] - 1) };
            foreach (SmallProblem part in Parts[k].Simpler()) yield return this with { Parts = Replaced(Parts, k, part), Live = Replaced(Live, k, Math.Min(Live[k], part.States)) };
        }
    }

    private int[][] Choices => [.. Actions.Select(tuple => tuple.Select((action, k) => action % Parts[k].Actions).ToArray())];

    /// <summary>Where a live state goes: numbers of live states with their probabilities, and -1 for each tuple in which a part has ended.</summary>
    private IEnumerable<(int Next, double Probability)> Joint(int state, int[] actions)
    {
        IEnumerable<(int Next, double Probability)> joint = [(0, 1.0)];
        for (int k = Parts.Length - 1, width = 1, rest = state; k >= 0; rest /= Live[k], width *= Live[k--])
        {
            int live = Live[k], step = width;
            Successor[] row = [.. Parts[k].Kernel.Successors(rest % live, actions[k])];
            joint = [.. joint.SelectMany(tail => row.Select(next => (tail.Next < 0 || next.State >= live ? -1 : tail.Next + (step * next.State), tail.Probability * next.Probability)))];
        }

        return joint;
    }

    private KroneckerFactor[] Factors => [.. Parts.Select((part, k) => new KroneckerFactor(part.Kernel, Live[k]))];

    private IReadOnlyList<KroneckerEnd> Ways(IReadOnlyList<KroneckerFactor> factors) =>
        TwoEnds ? [.. KroneckerEnd.AsSoonAsOneEnds(factors).SelectMany(Divided)] : KroneckerEnd.AsSoonAsOneEnds(factors);

    private static KroneckerEnd[] Divided(KroneckerEnd way) =>
        [new(0, [0.25 * way.Probabilities[0], .. way.Probabilities.Skip(1)]), new(1, [0.75 * way.Probabilities[0], .. way.Probabilities.Skip(1)])];

    private static T[] Without<T>(T[] items, int index) => [.. items[..index], .. items[(index + 1)..]];

    private static T[] Replaced<T>(T[] items, int index, T item) => [.. items[..index], item, .. items[(index + 1)..]];
}

/// <summary>The generator of small random products, for FsCheck.</summary>
public static class ProductArbitraries
{
    /// <summary>One to three components with unavailable actions, ends, and actions that share their beginnings or not.</summary>
    public static Arbitrary<SmallProduct> SmallProducts() => Arb.From(Gen.Choose(0, int.MaxValue).Select(SmallProduct.Draw), product => product.Simpler());
}
