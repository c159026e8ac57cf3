namespace Rift.Theory;

/// <content>The bijections of Fig. 7 between reward, Q, and policy with values; over the available actions.</content>
public static partial class Literal
{
    /// <summary>Q(s,a) = alpha (log pi(a|s) - l(s,a)) + V(s) (16).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="V">V, S entries.</param>
    public static T[,] QOfPolicy<T>(LiteralProblem<T> problem, T[,] logPolicy, T[] V)
        where T : struct, IReal<T> =>
        Dense.Table(problem.States, problem.Actions, (s, a) =>
            IsAvailable(problem, s, a) ? (problem.Temperature * (logPolicy[s, a] - problem.LogBase[s, a])) + V[s] : T.Zero);

    /// <summary>r(s,a) = Q(s,a) - gamma sum_s' T(s'|s,a) V(s') with V by (13) (15).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="Q">Q, S x A.</param>
    public static T[,] RewardOfQ<T>(LiteralProblem<T> problem, T[,] Q)
        where T : struct, IReal<T> =>
        Reward(problem, Q, V(problem, Q));

    /// <summary>r(s,a) = alpha (log pi(a|s) - l(s,a)) + V(s) - gamma sum_s' T(s'|s,a) V(s') (17).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    /// <param name="V">V, S entries.</param>
    public static T[,] RewardOfPolicy<T>(LiteralProblem<T> problem, T[,] logPolicy, T[] V)
        where T : struct, IReal<T> =>
        Reward(problem, QOfPolicy(problem, logPolicy, V), V);

    private static T[,] Reward<T>(LiteralProblem<T> problem, T[,] Q, T[] V)
        where T : struct, IReal<T> =>
        Dense.Table(problem.States, problem.Actions, (s, a) =>
            IsAvailable(problem, s, a) ? Q[s, a] - (problem.Discount * Dense.Sum(problem.States, next => problem.Kernel[s, a, next] * V[next])) : T.Zero);
}
