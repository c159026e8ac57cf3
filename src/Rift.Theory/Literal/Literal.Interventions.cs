namespace Rift.Theory;

/// <content>The intervention rule (11).</content>
public static partial class Literal
{
    /// <summary>Left side of (11), the expert read as its most likely action: max_a' Q*(s,a') - Q*(s,a); 0 where the action is not available.</summary>
    public static T[,] GapToMode<T>(LiteralProblem<T> problem, T[,] Q)
        where T : struct, IReal<T> =>
        Gap(problem, Q, s => Q[s, BestAction(problem, Q, s)]);

    /// <summary>Left side of (11), the expert read as its distribution: E_a'~pi* Q*(s,a') - Q*(s,a); 0 where the action is not available.</summary>
    public static T[,] GapToMean<T>(LiteralProblem<T> problem, T[,] Q, T[,] logPolicy)
        where T : struct, IReal<T>
    {
        T[,] policy = Probabilities(logPolicy);
        return Gap(problem, Q, s => Expectation(policy, s, a => Q[s, a]));
    }

    /// <summary>phi(s,a) of (11): 1 where the gap exceeds the threshold B, else 0.</summary>
    public static T[,] Interventions<T>(T[,] gap, T threshold)
        where T : struct, IReal<T> =>
        Dense.Table(gap.GetLength(0), gap.GetLength(1), (s, a) => gap[s, a] > threshold ? T.One : T.Zero);

    private static T[,] Gap<T>(LiteralProblem<T> problem, T[,] Q, Func<int, T> worth)
        where T : struct, IReal<T> =>
        Dense.Table(problem.States, problem.Actions, (s, a) => IsAvailable(problem, s, a) ? worth(s) - Q[s, a] : T.Zero);
}
