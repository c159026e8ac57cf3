using Rift.Mdp;

namespace Rift.Bench;

/// <summary>The four workloads that everything is measured on, drawn from fixed seeds, so that a measurement needs nothing but this program.</summary>
/// <remarks>
/// W1 is dense and fits into a core's own cache; W2 is sparse and fits into the shared cache; W3 is a large grid, where exponentials cost most and values travel far;
/// W4 is large and random, where every successor is somewhere else. The same shapes and distributions as the folders that other generators write, not the same numbers.
/// </remarks>
internal static class StandardWorkloads
{
    /// <summary>The names, in order.</summary>
    internal static IReadOnlyList<string> Names { get; } = ["W1", "W2", "W3", "W4"];

    /// <summary>The workload of a name.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    internal static Workload Create(string name) => name switch
    {
        "W1" => Garnet(name, states: 200, actions: 10, branching: 200, seed: 101, discount: 0.99),
        "W2" => Garnet(name, states: 10_000, actions: 8, branching: 8, seed: 102, discount: 0.99),
        "W3" => Grid(name, side: 1000, seed: 103, discount: 0.999),
        "W4" => Garnet(name, states: 1_000_000, actions: 4, branching: 5, seed: 104, discount: 0.95),
        _ => throw new ArgumentException($"found '{name}', expected one of {string.Join(", ", Names)}"),
    };

    /// <summary>Each pair leads to a number of distinct states drawn uniformly, with probabilities uniform on the simplex; rewards are uniform on [0, 1).</summary>
    internal static Workload Garnet(string name, int states, int actions, int branching, long seed, double discount)
    {
        SplittableRandom random = new(seed);
        int pairs = states * actions;
        long[] rowStart = new long[pairs + 1];
        int[] successors = new int[pairs * branching];
        double[] probabilities = new double[successors.Length], rewards = new double[pairs];
        for (int pair = 0; pair < pairs; pair++)
        {
            int first = pair * branching;
            rowStart[pair + 1] = first + branching;
            DrawDistinct(successors.AsSpan(first, branching), states, random);
            Span<double> row = probabilities.AsSpan(first, branching);
            double sum = 0;
            foreach (ref double p in row) sum += p = random.NextExponential();
            foreach (ref double p in row) p /= sum;
            rewards[pair] = random.NextDouble();
        }

        return new Workload
        {
            Name = name,
            States = states,
            Actions = actions,
            Discount = discount,
            RowStart = rowStart,
            Rewards = rewards,
            Read = Workload.From(successors, probabilities),
        };
    }

    /// <summary>
    /// A square grid with moves up, right, down and left: the intended one with probability 0.8, each of its neighbours in that order with 0.1. Outside and into walls,
    /// which are a tenth of the cells, a move stays. Ten goals and all walls absorb and earn nothing; elsewhere a step costs from 1 to 1.5.
    /// </summary>
    internal static Workload Grid(string name, int side, long seed, double discount)
    {
        const int Actions = 4, Goals = 10;
        SplittableRandom random = new(seed);
        int states = side * side;
        bool[] wall = new bool[states], absorbs = new bool[states];
        for (int s = 0; s < states; s++) absorbs[s] = wall[s] = random.NextDouble() < 0.1;
        for (int goals = 0; goals < Goals;)
        {
            int s = random.NextInt(states);
            if (absorbs[s]) continue;
            absorbs[s] = true;
            goals++;
        }

        long[] rowStart = new long[(states * Actions) + 1];
        List<int> successors = [];
        List<double> probabilities = [];
        double[] rewards = new double[states * Actions];
        for (int s = 0; s < states; s++)
        {
            double cost = absorbs[s] ? 0 : 1 + (0.5 * random.NextDouble());
            for (int a = 0; a < Actions; a++)
            {
                int pair = (s * Actions) + a;
                if (absorbs[s]) Add(s, 1);
                else AddOutcomes(Moved(s, a), Moved(s, (a + 1) % Actions), Moved(s, (a + 3) % Actions));
                rowStart[pair + 1] = successors.Count;
                rewards[pair] = -cost;
            }
        }

        return new Workload
        {
            Name = name,
            States = states,
            Actions = Actions,
            Discount = discount,
            RowStart = rowStart,
            Rewards = rewards,
            Read = Workload.From([.. successors], [.. probabilities]),
        };

        int Moved(int s, int direction)
        {
            (int y, int x) = Math.DivRem(s, side);
            (y, x) = direction switch { 0 => (y - 1, x), 1 => (y, x + 1), 2 => (y + 1, x), _ => (y, x - 1) };
            bool inside = (uint)y < (uint)side && (uint)x < (uint)side;
            return inside && !wall[(y * side) + x] ? (y * side) + x : s;
        }

        void AddOutcomes(int intended, int right, int left)
        {
            // The distinct ones of three, in increasing order.
            int low = Math.Min(intended, Math.Min(right, left)), high = Math.Max(intended, Math.Max(right, left)), middle = intended ^ right ^ left ^ low ^ high;
            Add(low, Probability(low));
            if (middle != low && middle != high) Add(middle, Probability(middle));
            if (high != low) Add(high, Probability(high));

            double Probability(int next) => (next == intended ? 0.8 : 0) + (next == right ? 0.1 : 0) + (next == left ? 0.1 : 0);
        }

        void Add(int next, double probability)
        {
            successors.Add(next);
            probabilities.Add(probability);
        }
    }

    /// <summary>Distinct numbers below a bound, in increasing order. Few are drawn again: either the row is short, or it holds all.</summary>
    private static void DrawDistinct(Span<int> row, int bound, SplittableRandom random)
    {
        if (row.Length == bound)
        {
            for (int i = 0; i < bound; i++) row[i] = i;
            return;
        }

        for (bool distinct = false; !distinct;)
        {
            foreach (ref int next in row) next = random.NextInt(bound);
            row.Sort();
            distinct = true;
            for (int i = 1; i < row.Length; i++) distinct &= row[i] != row[i - 1];
        }
    }
}
