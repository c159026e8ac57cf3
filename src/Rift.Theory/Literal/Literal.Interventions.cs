namespace Rift.Theory;

/// <content>The intervention rule (11).</content>
public static partial class Literal
{
    /// <summary>Left side of (11), the expert read as its most likely action: max_a' Q*(s,a') - Q*(s,a); 0 where the action is not available.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="Q">Q, S x A.</param>
    public static T[,] GapToMode<T>(LiteralProblem<T> problem, T[,] Q)
        where T : struct, IReal<T> =>
        Gap(problem, Q, s => Q[s, BestAction(problem, Q, s)]);

    /// <summary>Left side of (11), the expert read as its distribution: E_a'~pi* Q*(s,a') - Q*(s,a); 0 where the action is not available.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="Q">Q, S x A.</param>
    /// <param name="logPolicy">log pi, S x A.</param>
    public static T[,] GapToMean<T>(LiteralProblem<T> problem, T[,] Q, T[,] logPolicy)
        where T : struct, IReal<T>
    {
        T[,] policy = Probabilities(logPolicy);
        return Gap(problem, Q, s => Expectation(policy, s, a => Q[s, a]));
    }

    /// <summary>phi(s,a) of (11): 1 where the gap exceeds the threshold B, else 0.</summary>
    /// <param name="gap">The left side of (11), S x A.</param>
    /// <param name="threshold">B of (11).</param>
    public static T[,] Interventions<T>(T[,] gap, T threshold)
        where T : struct, IReal<T> =>
        Dense.Table(gap.GetLength(0), gap.GetLength(1), (s, a) => gap[s, a] > threshold ? T.One : T.Zero);

    /// <summary>The process in which an e-stop ends the episode (section 6.5): every pair ends with probability phi in one added absorbing state, numbered last, with one action and reward 0.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="phi">phi, S x A, from 0 to 1.</param>
    public static LiteralProblem<T> Terminating<T>(LiteralProblem<T> problem, T[,] phi)
        where T : struct, IReal<T>
    {
        int last = problem.States;
        T[,,] kernel = new T[last + 1, problem.Actions, last + 1];
        kernel[last, 0, last] = T.One;
        for (int s = 0; s < last; s++)
        {
            for (int a = 0; a < problem.Actions; a++)
            {
                if (!IsAvailable(problem, s, a)) continue;
                kernel[s, a, last] = phi[s, a];
                for (int next = 0; next < last; next++) kernel[s, a, next] = (T.One - phi[s, a]) * problem.Kernel[s, a, next];
            }
        }

        return problem with
        {
            Kernel = kernel,
            Reward = WithLastState(problem.Reward, T.Zero),
            LogBase = WithLastState(problem.LogBase, T.FromDouble(double.NegativeInfinity)),
            Initial = [.. problem.Initial, T.Zero],
        };
    }

    /// <summary>The table with a row for the added state: 0 at its one action, and a filling at the others.</summary>
    /// <param name="table">The table, S x A.</param>
    /// <param name="elsewhere">The entry at the actions that the added state does not have.</param>
    public static T[,] WithLastState<T>(T[,] table, T elsewhere)
        where T : struct, IReal<T> =>
        Dense.Table(table.GetLength(0) + 1, table.GetLength(1), (s, a) => s < table.GetLength(0) ? table[s, a] : a == 0 ? T.Zero : elsewhere);

    private static T[,] Gap<T>(LiteralProblem<T> problem, T[,] Q, Func<int, T> worth)
        where T : struct, IReal<T> =>
        Dense.Table(problem.States, problem.Actions, (s, a) => IsAvailable(problem, s, a) ? worth(s) - Q[s, a] : T.Zero);
}
