namespace Rift.Theory;

/// <summary>A soft optimum in double-double with bounds of its errors, by the error model of <see cref="LiteralScenario"/>.</summary>
public sealed class BoundedSolution
{
    internal BoundedSolution(LiteralScenario scenario, LiteralProblem<DoubleDouble> problem)
    {
        LiteralSolution<DoubleDouble> solution = Literal.Optimum(problem);
        (Problem, V, Q, LogPolicy, Residual) = (problem, solution.V, solution.Q, solution.LogPolicy, solution.Residual);
        double alpha = problem.Temperature.High;
        Size = Math.Max(LiteralScenario.Size(V), LiteralScenario.Size(Q)) + (alpha * (1 + LiteralScenario.Size(problem.LogBase)));
        BackupError = Residual + LiteralScenario.Rounding(problem, Size);
        ValueError = scenario.Horizon * BackupError;
        LogPolicyError = ((2 * ValueError) + LiteralScenario.Rounding(problem, Size)) / alpha;
    }

    /// <summary>What was solved.</summary>
    public LiteralProblem<DoubleDouble> Problem { get; }

    /// <summary>V, S entries.</summary>
    public DoubleDouble[] V { get; }

    /// <summary>Q = r + gamma E V, S x A.</summary>
    public DoubleDouble[,] Q { get; }

    /// <summary>log pi in nats, S x A; negative infinity where the action is not available.</summary>
    public DoubleDouble[,] LogPolicy { get; }

    /// <summary>The largest |T V - V| as computed.</summary>
    public double Residual { get; }

    /// <summary>B: the largest number that a backup adds up.</summary>
    public double Size { get; }

    /// <summary>By how much V misses its own backup, rounding included.</summary>
    public double BackupError { get; }

    /// <summary>A bound of |V - V*|.</summary>
    public double ValueError { get; }

    /// <summary>A bound of |Q - Q*|.</summary>
    public double QError => ValueError;

    /// <summary>A bound of |log pi - log pi*|.</summary>
    public double LogPolicyError { get; }
}
