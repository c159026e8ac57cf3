namespace Rift.Mdp.Tests;

/// <summary>Models of every layout, and every layout of a model.</summary>
internal static class Rows
{
    /// <summary>A walk on a line of states, stepping by the action: few probabilities, equal distances.</summary>
    internal static MarkovDecisionProcess Grid(int states, int actions) => Of(states, actions, (s, a) => [(s, 0.1), (Math.Min(states - 1, s + a), 0.8), (Math.Max(0, s - a - 1), 0.1)]);

    /// <summary>Leaps of seven states, where there are so many: of eight states side by side, some look for values as far outside as a margin reaches.</summary>
    internal static MarkovDecisionProcess Leaps(int states, int actions) =>
        Of(states, actions, (s, a) => [(s, 0.25), (s + 7 < states ? s + 7 : s, a % 2 == 0 ? 0.5 : 0.25), (s >= 7 ? s - 7 : s, a % 2 == 0 ? 0.25 : 0.5)]);

    /// <summary>Few probabilities, successors scattered but shared by the actions.</summary>
    internal static MarkovDecisionProcess Shared(int states, int actions) => Of(states, actions, (s, a) => [((s * 37) % states, 0.5), ((s * 101) % states, a % 2 == 0 ? 0.25 : 0.5), ((s * 53) % states, a % 2 == 0 ? 0.25 : 0)]);

    /// <summary>Scattered successors of all probabilities.</summary>
    internal static MarkovDecisionProcess Garnet(int states, int actions)
    {
        SplittableRandom random = new(states);
        return Of(states, actions, (s, a) =>
        {
            double p = 0.1 + (0.8 * random.NextDouble());
            return [(random.NextInt(states), p), (random.NextInt(states), 1 - p)];
        });
    }

    /// <summary>A ring through all states with a probability of its own in each, to stay or to go on.</summary>
    internal static MarkovDecisionProcess Ring(int states) => Of(states, 1, (s, _) => [(s, 0.01 + (s * 1e-6)), ((s + 1) % states, 0.99 - (s * 1e-6))]);

    /// <summary>A way through all states, of a probability of its own in each, to one that is not left.</summary>
    internal static MarkovDecisionProcess Corridor(int states) => Of(states, 1, (s, _) => [(s, 0.01 + (s * 1e-6)), (Math.Min(states - 1, s + 1), 0.99 - (s * 1e-6))]);

    /// <summary>Every state leads everywhere.</summary>
    internal static MarkovDecisionProcess Dense(int states, int actions) => Of(states, actions, (s, a) => [.. Enumerable.Range(0, states).Select(next => (next, 1.0 / states))]);

    internal static double[] Numbers(int count, int seed)
    {
        SplittableRandom random = new(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextNormal())];
    }

    /// <summary>The rows of a kernel in every layout that can hold them.</summary>
    internal static IEnumerable<RowStore> Layouts(TransitionKernel kernel)
    {
        int states = kernel.States, actions = kernel.Actions;
        Successor[][] rows = [.. Enumerable.Range(0, states * actions).Select(pair => kernel.Successors(pair / actions, pair % actions).ToArray())];
        long[] rowStart = new long[rows.Length + 1];
        for (int pair = 0; pair < rows.Length; pair++) rowStart[pair + 1] = rowStart[pair] + rows[pair].Length;
        SlicedRows sliced = new(states, actions, rowStart);
        for (int pair = 0; pair < rows.Length; pair++)
            sliced.Set(pair / actions, pair % actions, [.. rows[pair].Select(next => next.State)], [.. rows[pair].Select(next => next.Probability)]);
        yield return sliced;
        yield return DenseRows.From(sliced);
        if (CodedRows.TryFrom(sliced) is CodedRows coded)
        {
            yield return coded;
            int[] same = [.. Enumerable.Range(0, states)];
            yield return coded.Renumbered(same, same);
        }
    }

    private static MarkovDecisionProcess Of(int states, int actions, Func<int, int, (int Next, double Probability)[]> row)
    {
        TransitionKernelBuilder builder = new(states, actions);
        for (int s = 0; s < states; s++)
            for (int a = 0; a < actions; a++)
                foreach ((int next, double probability) in row(s, a)) builder.Add(s, a, next, probability);
        double[] initial = new double[states];
        initial[0] = 1;
        double[] rewards = Numbers(states * actions, seed: 7);
        return new MarkovDecisionProcess(builder.Build(), new StateActionTable(states, actions, rewards), initial, 0.9);
    }
}
