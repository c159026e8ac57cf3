using System.Globalization;

namespace Rift.Mdp;

/// <summary>A stationary policy pi(a|s), kept as log-probabilities so that priors of 1e-300 and their squares survive.</summary>
/// <remarks>
/// Shape S x A. An action of probability zero has the log-probability negative infinity. Each row of probabilities sums to one within 1e-12.
/// Immutable and safe to share.
/// </remarks>
public sealed class Policy
{
    private Policy(StateActionTable logProbabilities) => LogProbabilities = logProbabilities;

    /// <summary>log pi(a|s), S x A, natural logarithm; negative infinity where the probability is zero.</summary>
    public StateActionTable LogProbabilities { get; }

    /// <summary>Number of states S.</summary>
    public int States => LogProbabilities.States;

    /// <summary>Number of actions A.</summary>
    public int Actions => LogProbabilities.Actions;

    /// <summary>log pi(a|s).</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public double LogProbability(int state, int action) => LogProbabilities[state, action];

    /// <summary>pi(a|s).</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="action">The action, from 0 to A - 1.</param>
    public double Probability(int state, int action) => Math.Exp(LogProbabilities[state, action]);

    /// <summary>pi(a|s) as a table, S x A.</summary>
    public StateActionTable Probabilities => LogProbabilities.Map(Math.Exp);

    /// <summary>A policy from its probabilities.</summary>
    /// <param name="probabilities">S x A; each row sums to one within 1e-12.</param>
    /// <exception cref="InvalidModelException">An entry is negative or not a number, or a row does not sum to one within 1e-12.</exception>
    public static Policy FromProbabilities(StateActionTable probabilities)
    {
        for (int s = 0; s < Require.NotNull(probabilities).States; s++) RequireRow(probabilities.Row(s), s);
        return new Policy(probabilities.Map(Math.Log));
    }

    /// <summary>A policy from its log-probabilities; negative infinity means never.</summary>
    /// <param name="logProbabilities">S x A, in nats; the exponentials of a row sum to one within 1e-12.</param>
    /// <exception cref="InvalidModelException">An entry is not a number, or the probabilities of a row do not sum to one within 1e-12.</exception>
    public static Policy FromLogProbabilities(StateActionTable logProbabilities)
    {
        double[] row = new double[Require.NotNull(logProbabilities).Actions];
        for (int s = 0; s < logProbabilities.States; s++)
        {
            ReadOnlySpan<double> logs = logProbabilities.Row(s);
            for (int a = 0; a < row.Length; a++) row[a] = Math.Exp(logs[a]);
            RequireRow(row, s);
        }

        return new Policy(logProbabilities);
    }

    /// <summary>The policy proportional to <c>exp(logWeights)</c> row by row: <c>log pi = logWeights - logsumexp(logWeights)</c>.</summary>
    /// <param name="logWeights">S x A, in nats; negative infinity for never.</param>
    /// <exception cref="InvalidModelException">A weight is not a number or infinite, or a row has no positive weight.</exception>
    public static Policy Softmax(StateActionTable logWeights)
    {
        Require.NotNull(logWeights);
        double[] result = logWeights.Entries.ToArray();
        for (int s = 0; s < logWeights.States; s++)
        {
            Span<double> row = result.AsSpan(s * logWeights.Actions, logWeights.Actions);
            for (int a = 0; a < row.Length; a++)
                if (double.IsNaN(row[a]) || double.IsPositiveInfinity(row[a]))
                    throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"found the log-weight {row[a]}"), "a number or negative infinity", s, a);
            RowSum.RequireAction(LogSumExp.Normalise(row), s);
        }

        return new Policy(StateActionTable.Own(logWeights.States, logWeights.Actions, result));
    }

    /// <summary>The policy that takes each available action with equal probability.</summary>
    /// <param name="kernel">The dynamics.</param>
    public static Policy Uniform(TransitionKernel kernel)
    {
        int actions = Require.NotNull(kernel).Actions;
        double[] logs = new double[kernel.States * actions];
        for (int s = 0; s < kernel.States; s++)
        {
            Span<double> row = logs.AsSpan(s * actions, actions);
            for (int a = 0; a < actions && !kernel.AllAvailable; a++) row[a] = kernel.IsAvailable(s, a) ? 0 : double.NegativeInfinity;
            LogSumExp.Normalise(row);
        }

        return new Policy(StateActionTable.Own(kernel.States, actions, logs));
    }

    /// <summary>The policy that takes one action in each state.</summary>
    /// <param name="chosen">The action of each state, S entries.</param>
    /// <param name="actions">Number of actions A.</param>
    public static Policy Deterministic(ReadOnlySpan<int> chosen, int actions)
    {
        double[] logs = new double[checked(chosen.Length * Require.Positive(actions, nameof(actions)))];
        Array.Fill(logs, double.NegativeInfinity);
        for (int s = 0; s < chosen.Length; s++)
        {
            Require.Index(chosen[s], actions, nameof(chosen));
            logs[(s * actions) + chosen[s]] = 0;
        }

        return new Policy(StateActionTable.Own(chosen.Length, actions, logs));
    }

    /// <summary>The entropy of the policy in a state, in nats: <c>-sum_a pi log pi</c>, where 0 log 0 is 0.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    public double Entropy(int state)
    {
        double sum = 0;
        foreach (double logP in LogProbabilities.Row(state))
            if (Math.Exp(logP) is double p and > 0) sum -= p * logP;
        return sum;
    }

    /// <summary>The divergence KL(this(s) || other(s)) in nats; positive infinity where the other never takes an action that this one may take.</summary>
    /// <param name="other">The policy to compare with, of the same shape.</param>
    /// <param name="state">The state, from 0 to S - 1.</param>
    public double Divergence(Policy other, int state)
    {
        Require.Shape(Require.NotNull(other).LogProbabilities, States, Actions, nameof(other));
        ReadOnlySpan<double> mine = LogProbabilities.Row(state), theirs = other.LogProbabilities.Row(state);
        double sum = 0;
        for (int a = 0; a < mine.Length; a++)
        {
            // A probability below the smallest double is a probability all the same.
            if (mine[a] == double.NegativeInfinity) continue;
            if (theirs[a] == double.NegativeInfinity) return double.PositiveInfinity;
            sum += Math.Exp(mine[a]) * (mine[a] - theirs[a]);
        }

        return sum;
    }

    /// <summary>An action drawn from the policy.</summary>
    /// <param name="state">The state, from 0 to S - 1.</param>
    /// <param name="random">The stream to draw from.</param>
    public int Sample(int state, SplittableRandom random)
    {
        Require.NotNull(random);
        double[] probabilities = new double[Actions];
        for (int a = 0; a < Actions; a++) probabilities[a] = Probability(state, a);
        return random.NextIndex(probabilities);
    }

    /// <summary>The most likely action of each state, as a policy: uniform over actions whose log-probabilities are within <paramref name="tieTolerance"/> of the largest.</summary>
    /// <param name="tieTolerance">Actions within this of the largest log-probability count as most likely, in nats, at least 0.</param>
    public Policy Mode(double tieTolerance = 1e-10)
    {
        Require.NotNegative(tieTolerance, nameof(tieTolerance));
        double[] result = new double[States * Actions];
        for (int s = 0; s < States; s++)
            Ties.Uniform(LogProbabilities.Row(s), tieTolerance, result.AsSpan(s * Actions, Actions));
        return new Policy(StateActionTable.Own(States, Actions, result));
    }

    /// <summary>The most likely action of each state, ties drawn at random: a deterministic policy.</summary>
    /// <param name="random">The stream that ties are drawn from.</param>
    /// <param name="tieTolerance">Actions within this of the largest log-probability count as most likely, in nats, at least 0.</param>
    public Policy Mode(SplittableRandom random, double tieTolerance = 1e-10)
    {
        Require.NotNull(random);
        Policy ties = Mode(tieTolerance);
        int[] chosen = new int[States];
        for (int s = 0; s < States; s++) chosen[s] = ties.Sample(s, random);
        return Deterministic(chosen, Actions);
    }

    /// <summary>Requires that the policy fits a process: its shape, and no probability on an action that is not available.</summary>
    /// <param name="kernel">The dynamics.</param>
    /// <returns>This policy.</returns>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="InvalidModelException">The policy takes an action that is not available.</exception>
    public Policy RequireFits(TransitionKernel kernel)
    {
        Require.NotNull(kernel);
        Require.Shape(LogProbabilities, kernel.States, kernel.Actions, "policy");
        if (kernel.AllAvailable) return this;
        for (int s = 0; s < States; s++)
            for (int a = 0; a < Actions; a++)
                if (!kernel.IsAvailable(s, a) && LogProbabilities[s, a] != double.NegativeInfinity)
                    throw new InvalidModelException(string.Create(CultureInfo.InvariantCulture, $"the policy has probability {Probability(s, a):R}"), "0, for the action is not available", s, a);
        return this;
    }

    private static void RequireRow(ReadOnlySpan<double> probabilities, int state)
    {
        for (int a = 0; a < probabilities.Length; a++) RowSum.RequireProbability(probabilities[a], state, a);
        RowSum.Require(probabilities, state, null);
    }
}
