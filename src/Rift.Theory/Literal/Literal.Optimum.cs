namespace Rift.Theory;

/// <content>The fixed point of the soft Bellman equations, and its limit at temperature zero.</content>
public static partial class Literal
{
    /// <summary>Newton's method ends after so many steps without a smaller residual and without a higher V.</summary>
    private const int Patience = 3;

    /// <summary>The soft optimum: V = T V of (13), (14), by Newton's method, with log pi by (12).</summary>
    /// <param name="problem">The problem.</param>
    /// <remarks>
    /// <para>A step is V + (I - gamma P_pi)^-1 (T V - V) with pi the policy of V (soft policy iteration): quadratic near the solution and climbing from any start. It runs in
    /// double first, from V = 0; from there two to four steps reach the last digit of double-double.</para>
    /// <para>In dual numbers the same few steps give the derivative: the error d of V and that of its derivative enter the next step only as d times either, so
    /// nothing is differentiated but the equation itself. The residual, which has to stop shrinking, is the largest of all parts.</para>
    /// </remarks>
    public static LiteralSolution<T> Optimum<T>(LiteralProblem<T> problem)
        where T : struct, IReal<T> =>
        FromDouble(problem, SoftStep, SoftStep);

    /// <summary>The hard optimum: V(s) = max_a Q(s,a) over the available actions, the limit of alpha to 0; Newton's method is policy iteration (Howard 1960).</summary>
    /// <param name="problem">The problem.</param>
    public static LiteralSolution<T> HardOptimum<T>(LiteralProblem<T> problem)
        where T : struct, IReal<T> =>
        FromDouble(problem, HardStep, HardStep);

    /// <summary>The log-probabilities of the first best action of each state: 0 for it, negative infinity for the others.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="Q">Q, S x A.</param>
    public static T[,] HardPolicy<T>(LiteralProblem<T> problem, T[,] Q)
        where T : struct, IReal<T>
    {
        int[] best = Dense.Vector(problem.States, s => BestAction(problem, Q, s));
        return Dense.Table(problem.States, problem.Actions, (s, a) => T.FromDouble(a == best[s] ? 0 : double.NegativeInfinity));
    }

    /// <summary>l(s,a) at the actions whose Q is within a tolerance of the largest, negative infinity at the others: the prior among the best, of which the tie rule of vanishing KL weight takes the soft optimum of reward 0.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="Q">Q, S x A.</param>
    /// <param name="tolerance">How far below the largest Q still counts as best, at least 0.</param>
    public static T[,] AmongBest<T>(LiteralProblem<T> problem, T[,] Q, T tolerance)
        where T : struct, IReal<T>
    {
        T[] largest = Dense.Vector(problem.States, s => Q[s, BestAction(problem, Q, s)]);
        return Dense.Table(problem.States, problem.Actions, (s, a) => largest[s] - Q[s, a] > tolerance ? T.FromDouble(double.NegativeInfinity) : problem.LogBase[s, a]);
    }

    private static LiteralSolution<T> FromDouble<T>(
        LiteralProblem<T> problem, Func<LiteralProblem<Binary64>, Binary64[,], Backup<Binary64>> rough, Func<LiteralProblem<T>, T[,], Backup<T>> fine)
        where T : struct, IReal<T>
    {
        Binary64[] start = Newton(problem.Map(x => new Binary64(x.ToDouble())), new Binary64[problem.States], rough).V;
        return Newton(problem, Array.ConvertAll(start, x => T.FromDouble(x.Value)), fine);
    }

    private static LiteralSolution<T> Newton<T>(LiteralProblem<T> problem, T[] start, Func<LiteralProblem<T>, T[,], Backup<T>> backup)
        where T : struct, IReal<T>
    {
        T[] V = start;
        LiteralSolution<T> best = new(V, Q(problem, V), problem.LogBase, double.PositiveInfinity, 0);
        T highest = T.FromDouble(double.NegativeInfinity);
        for (int step = 0, idle = 0; idle < Patience && best.Residual > 0; step++)
        {
            T[,] q = Q(problem, V);
            Backup<T> next = backup(problem, q);
            T[] residual = Dense.Vector(problem.States, s => next.V[s] - V[s]);
            double size = residual.Max(x => x.Magnitude);
            idle++;
            if (size < best.Residual)
            {
                best = new LiteralSolution<T>(V, q, next.LogPolicy, size, step);
                idle = 0;
            }

            // Far from the solution the residual may grow by orders of magnitude and take long to come down; V, once it is a policy's, rises all the same.
            T height = Dense.Sum(problem.States, s => V[s]);
            if (step > 0 && height > highest)
            {
                highest = height;
                idle = 0;
            }

            T[,] chain = Chain(problem, Probabilities(next.LogPolicy));
            T[] correction = Dense.Solve(Dense.IdentityMinus(problem.States, (i, j) => problem.Discount * chain[i, j]), residual);
            V = Dense.Vector(problem.States, s => V[s] + correction[s]);
        }

        return best;
    }

    private static Backup<T> SoftStep<T>(LiteralProblem<T> problem, T[,] q)
        where T : struct, IReal<T> =>
        new(V(problem, q), LogPolicy(problem, q));

    private static Backup<T> HardStep<T>(LiteralProblem<T> problem, T[,] q)
        where T : struct, IReal<T> =>
        new(Dense.Vector(problem.States, s => q[s, BestAction(problem, q, s)]), HardPolicy(problem, q));

    /// <summary>The first of the available actions of largest Q.</summary>
    private static int BestAction<T>(LiteralProblem<T> problem, T[,] q, int s)
        where T : struct, IReal<T>
    {
        int best = -1;
        for (int a = 0; a < problem.Actions; a++)
            if (IsAvailable(problem, s, a) && (best < 0 || q[s, a] > q[s, best])) best = a;
        return best;
    }

    /// <summary>T V and the policy that attains it.</summary>
    private sealed record Backup<T>(T[] V, T[,] LogPolicy);
}
