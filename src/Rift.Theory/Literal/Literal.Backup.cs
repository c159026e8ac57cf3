namespace Rift.Theory;

/// <summary>
/// The equations of the paper as they are written: dense, slow, in any number type, and apart from the problem's data without a line in common with the solvers they are a
/// yardstick for.
/// </summary>
/// <remarks>
/// Letters are the paper's: V and rho have S entries; Q, r, mu, phi, log pi are S x A; values and objectives are plain discounted sums; rho and mu carry the factor
/// 1 - gamma and sum to one. Policies are given as log-probabilities, and 0 log 0 = 0.
/// </remarks>
public static partial class Literal
{
    /// <summary>Q(s,a) = r(s,a) + gamma sum_s' T(s'|s,a) V(s') (14).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="V">V, S entries.</param>
    public static T[,] Q<T>(LiteralProblem<T> problem, T[] V)
        where T : struct, IReal<T> =>
        Dense.Table(problem.States, problem.Actions, (s, a) => problem.Reward[s, a] + (problem.Discount * Dense.Sum(problem.States, next => problem.Kernel[s, a, next] * V[next])));

    /// <summary>V(s) = alpha log sum_a exp(Q(s,a)/alpha + l(s,a)) (13).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="Q">Q, S x A.</param>
    public static T[] V<T>(LiteralProblem<T> problem, T[,] Q)
        where T : struct, IReal<T> =>
        Dense.Vector(problem.States, s => problem.Temperature * (LargestWeight(problem, Q, s) + LogSum(problem, Q, s)));

    /// <summary>log pi(a|s) = Q(s,a)/alpha + l(s,a) - V(s)/alpha (12).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="Q">Q, S x A.</param>
    /// <remarks>The largest term is taken from the first two before the logarithm of the sum is: so the row sums to one within a few roundoffs, however large Q/alpha.</remarks>
    public static T[,] LogPolicy<T>(LiteralProblem<T> problem, T[,] Q)
        where T : struct, IReal<T>
    {
        T[] largest = Dense.Vector(problem.States, s => LargestWeight(problem, Q, s)), logSum = Dense.Vector(problem.States, s => LogSum(problem, Q, s));
        return Dense.Table(problem.States, problem.Actions, (s, a) => LogWeight(problem, Q, s, a) - largest[s] - logSum[s]);
    }

    /// <summary>pi = exp(log pi).</summary>
    /// <param name="logPolicy">log pi, S x A.</param>
    public static T[,] Probabilities<T>(T[,] logPolicy)
        where T : struct, IReal<T> =>
        Dense.Table(logPolicy.GetLength(0), logPolicy.GetLength(1), (s, a) => T.Exp(logPolicy[s, a]));

    /// <summary>P_pi(s, s') = sum_a pi(a|s) T(s'|s,a).</summary>
    internal static T[,] Chain<T>(LiteralProblem<T> problem, T[,] policy)
        where T : struct, IReal<T> =>
        Dense.Table(problem.States, problem.States, (s, next) => Dense.Sum(problem.Actions, a => policy[s, a] * problem.Kernel[s, a, next]));

    private static T LogWeight<T>(LiteralProblem<T> problem, T[,] Q, int s, int a)
        where T : struct, IReal<T> =>
        (Q[s, a] / problem.Temperature) + problem.LogBase[s, a];

    private static T LargestWeight<T>(LiteralProblem<T> problem, T[,] Q, int s)
        where T : struct, IReal<T>
    {
        T max = LogWeight(problem, Q, s, 0);
        for (int a = 1; a < problem.Actions; a++)
            if (LogWeight(problem, Q, s, a) is T weight && weight > max) max = weight;
        return max;
    }

    /// <summary>log sum_a exp(Q(s,a)/alpha + l(s,a)) less the largest term.</summary>
    private static T LogSum<T>(LiteralProblem<T> problem, T[,] Q, int s)
        where T : struct, IReal<T>
    {
        T largest = LargestWeight(problem, Q, s);
        return T.Log(Dense.Sum(problem.Actions, a => T.Exp(LogWeight(problem, Q, s, a) - largest)));
    }

    private static bool IsAvailable<T>(LiteralProblem<T> problem, int s, int a)
        where T : struct, IReal<T> =>
        problem.LogBase[s, a] > T.FromDouble(double.NegativeInfinity);
}
