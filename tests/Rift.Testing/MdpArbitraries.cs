using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Rift.Mdp;

namespace Rift.Testing;

/// <summary>
/// The plan of a small soft problem with two policies: whole numbers and a few reals from which everything is made, so that it prints as it is and shrinks
/// to fewer states and actions, sparser rows and rounder numbers.
/// </summary>
public sealed record SmallProblem
{
    /// <summary>Number of states.</summary>
    public required int States { get; init; }

    /// <summary>Number of actions.</summary>
    public required int Actions { get; init; }

    /// <summary>S A S weights; a row divided by its sum is T(.|s,a), a row of zeros an action that is not available.</summary>
    public required int[] Weights { get; init; }

    /// <summary>S A rewards.</summary>
    public required double[] Rewards { get; init; }

    /// <summary>S weights of the initial distribution.</summary>
    public required int[] Initial { get; init; }

    /// <summary>gamma.</summary>
    public required double Discount { get; init; }

    /// <summary>alpha.</summary>
    public required double Temperature { get; init; }

    /// <summary>S A log base measures; negative infinity takes an action away.</summary>
    public required double[] LogBase { get; init; }

    /// <summary>S A log-weights of a policy that is positive on every available action.</summary>
    public required double[] PriorWeights { get; init; }

    /// <summary>S A log-weights of another such policy.</summary>
    public required double[] PolicyWeights { get; init; }

    /// <summary>The process.</summary>
    public MarkovDecisionProcess Mdp => new(Kernel, Table(Rewards), Normalised(Initial), Discount);

    /// <summary>The dynamics.</summary>
    public SparseKernel Kernel
    {
        get
        {
            TransitionKernelBuilder builder = new(States, Actions);
            for (int pair = 0; pair < States * Actions; pair++)
            {
                double[] row = Normalised(Row(pair));
                for (int next = 0; next < States; next++)
                    if (row[next] > 0) builder.Add(pair / Actions, pair % Actions, next, row[next]);
            }

            return builder.Build();
        }
    }

    /// <summary>The problem with base measure.</summary>
    public SoftProblem Problem => new(Mdp, Temperature, Table(LogBase));

    /// <summary>The problem without base measure.</summary>
    public SoftProblem Plain => new(Mdp, Temperature);

    /// <summary>A policy, positive on every available action, some of its probabilities as small as 1e-300.</summary>
    public Policy Prior => PolicyOf(PriorWeights);

    /// <summary>Another policy, positive on every available action.</summary>
    public Policy Policy => PolicyOf(PolicyWeights);

    /// <summary>A table of this shape.</summary>
    public StateActionTable Table(double[] entries) => new(States, Actions, entries);

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"S={States} A={Actions} gamma={Discount:R} alpha={Temperature:R} d=[{string.Join(' ', Initial)}] T=[{string.Join(" | ", Enumerable.Range(0, States * Actions).Select(pair => string.Join(' ', Row(pair))))}] r=[{List(Rewards)}] l=[{List(LogBase)}] prior=[{List(PriorWeights)}] policy=[{List(PolicyWeights)}]");

    internal static SmallProblem Draw(int seed)
    {
        SplittableRandom random = new(seed);
        int states = 1 + random.NextInt(5), actions = 1 + random.NextInt(4), pairs = states * actions;
        double[] discounts = [0, 0.3, 0.9, 0.99, 0.999], sizes = [1, 1, 100, 1e6], temperatures = [1e-3, 0.03, 0.5, 1, 20, 1e3];
        int[] weights = new int[pairs * states];
        for (int pair = 0; pair < pairs; pair++)
        {
            Span<int> row = weights.AsSpan(pair * states, states);
            int kind = random.NextInt(10);
            // The first action is always available; one in ten others is not, one in ten stays, and the rest have one to three successors.
            if (kind == 0 && pair % actions > 0) continue;
            if (kind == 1) row[pair / actions] = 1;
            else
                for (int k = random.NextInt(3); k >= 0; k--) row[random.NextInt(states)] += 1 + random.NextInt(9);
        }

        double size = sizes[random.NextInt(sizes.Length)];
        return new SmallProblem
        {
            States = states,
            Actions = actions,
            Weights = weights,
            Rewards = Numbers(pairs, () => size * Math.Round(random.NextNormal(), 3)),
            Initial = [.. Enumerable.Range(0, states).Select(s => s == 0 ? 1 : random.NextInt(3))],
            Discount = discounts[random.NextInt(discounts.Length)],
            Temperature = temperatures[random.NextInt(temperatures.Length)],
            LogBase = Numbers(pairs, i => i % actions > 0 && random.NextInt(8) == 0 ? double.NegativeInfinity : random.NextInt(8) == 0 ? Math.Log(1e-300) : Math.Round(random.NextNormal(), 2)),
            PriorWeights = Numbers(pairs, i => i % actions > 0 && random.NextInt(8) == 0 ? Math.Log(1e-300) : Math.Round(random.NextNormal(), 2)),
            PolicyWeights = Numbers(pairs, () => Math.Round(2 * random.NextNormal(), 2)),
        };
    }

    internal IEnumerable<SmallProblem> Simpler()
    {
        if (States > 1) yield return Resized(States - 1, Actions);
        if (Actions > 1) yield return Resized(States, Actions - 1);
        if (Discount is not (0 or 0.5)) yield return this with { Discount = 0.5 };
        if (Temperature != 1) yield return this with { Temperature = 1 };
        for (int i = 0; i < Weights.Length; i++)
        {
            if (Weights[i] == 0) continue;
            if (Row(i / States).Count(w => w > 0) > 1) yield return this with { Weights = Replaced(Weights, i, 0) };
            if (Weights[i] > 1) yield return this with { Weights = Replaced(Weights, i, 1) };
        }

        for (int i = 0; i < Rewards.Length; i++)
        {
            if (Rewards[i] != 0) yield return this with { Rewards = Replaced(Rewards, i, 0) };
            if (Rewards[i] != Math.Round(Rewards[i])) yield return this with { Rewards = Replaced(Rewards, i, Math.Round(Rewards[i])) };
            if (LogBase[i] != 0) yield return this with { LogBase = Replaced(LogBase, i, 0) };
            if (PriorWeights[i] != 0) yield return this with { PriorWeights = Replaced(PriorWeights, i, 0) };
            if (PolicyWeights[i] != 0) yield return this with { PolicyWeights = Replaced(PolicyWeights, i, 0) };
        }
    }

    /// <summary>The same with fewer states or actions; what led to a state that is gone leads to the first.</summary>
    private SmallProblem Resized(int states, int actions)
    {
        int[] weights = new int[states * actions * states];
        for (int s = 0; s < states; s++)
            for (int a = 0; a < actions; a++)
                for (int next = 0; next < States; next++)
                    weights[(((s * actions) + a) * states) + (next < states ? next : 0)] += Row((s * Actions) + a)[next];
        double[] Kept(double[] table) => Numbers(states * actions, i => table[(i / actions * Actions) + (i % actions)]);
        return this with
        {
            States = states,
            Actions = actions,
            Weights = weights,
            Initial = Initial[..states],
            Rewards = Kept(Rewards),
            LogBase = Kept(LogBase),
            PriorWeights = Kept(PriorWeights),
            PolicyWeights = Kept(PolicyWeights),
        };
    }

    private Policy PolicyOf(double[] logWeights)
    {
        SparseKernel kernel = Kernel;
        return Policy.Softmax(StateActionTable.Create(States, Actions, (s, a) => kernel.IsAvailable(s, a) ? logWeights[(s * Actions) + a] : double.NegativeInfinity));
    }

    private ArraySegment<int> Row(int pair) => new(Weights, pair * States, States);

    private static double[] Normalised(IReadOnlyCollection<int> weights) => [.. weights.Select(w => (double)w / Math.Max(1, weights.Sum()))];

    private static double[] Numbers(int count, Func<double> next) => Numbers(count, _ => next());

    private static double[] Numbers(int count, Func<int, double> next) => [.. Enumerable.Range(0, count).Select(next)];

    private static T[] Replaced<T>(T[] items, int index, T item)
    {
        T[] copy = [.. items];
        copy[index] = item;
        return copy;
    }

    private static string List(double[] numbers) => string.Join(' ', numbers.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
}

/// <summary>The generators of small random problems, for FsCheck.</summary>
public static class MdpArbitraries
{
    /// <summary>Small problems of all kinds: unavailable actions, self-loops, absorbing and unreachable states, large rewards, extreme temperatures.</summary>
    public static Arbitrary<SmallProblem> SmallProblems() => Arb.From(Gen.Choose(0, int.MaxValue).Select(SmallProblem.Draw), problem => problem.Simpler());
}
