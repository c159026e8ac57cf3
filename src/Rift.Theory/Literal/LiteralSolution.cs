namespace Rift.Theory;

/// <summary>What the literal path finds for a soft Bellman problem.</summary>
/// <param name="V">V, S entries.</param>
/// <param name="Q">Q = r + gamma E V, S x A.</param>
/// <param name="LogPolicy">log pi in nats, S x A; negative infinity where the action is not available. At the hard optimum the indicator of the first best action instead of a soft policy.</param>
/// <param name="Residual">The largest |T V - V|, of all parts of the numbers; V errs by at most this over 1 - gamma, and by the rounding of the backup likewise. Infinite where the numbers led to NaN.</param>
/// <param name="Steps">Newton steps in these numbers that led to V, from the solution in double.</param>
/// <typeparam name="T">The numbers.</typeparam>
public sealed record LiteralSolution<T>(T[] V, T[,] Q, T[,] LogPolicy, double Residual, int Steps)
    where T : struct, IReal<T>;
