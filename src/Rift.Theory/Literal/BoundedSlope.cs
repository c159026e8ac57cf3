namespace Rift.Theory;

/// <summary>The derivative of the candidate's soft optimum along a direction of the reward, by dual numbers, with bounds of its errors.</summary>
/// <remarks>
/// V' = sum_a pi (x + gamma E V') is satisfied up to the residual and the rounding, with a policy that errs by a row drift of k: V' errs by (residual + k|Q'| + rounding)/(1 - gamma). log pi' is
/// (Q' - V')/alpha, with V' once more averaged from Q' by the same policy: it errs by three times that over alpha.
/// </remarks>
public sealed class BoundedSlope
{
    internal BoundedSlope(LiteralScenario scenario, DoubleDouble[,] direction)
    {
        Problem = scenario.CandidateProblem.Along(direction);
        Solution = Literal.Optimum(Problem);
        Q = scenario.Table((s, a) => Solution.Q[s, a].Derivative);
        LogPolicy = scenario.Table((s, a) => scenario.Scenario.Mdp.IsAvailable(s, a) ? Solution.LogPolicy[s, a].Derivative : 0);
        BoundedSolution candidate = scenario.Candidate;
        double logError = candidate.LogPolicyError + (2 * scenario.Horizon * Solution.Residual / scenario.Temperature.High);
        double size = LiteralScenario.Size(Q);
        RowDrift = LiteralScenario.RowDrift(logError);
        QError = scenario.Horizon * (Solution.Residual + (RowDrift * size) + scenario.Rounding(size + LiteralScenario.Size(direction)));
        LogPolicyError = 3 * QError / scenario.Temperature.High;
    }

    /// <summary>The moving problem.</summary>
    public LiteralProblem<Dual<DoubleDouble>> Problem { get; }

    /// <summary>Its optimum.</summary>
    public LiteralSolution<Dual<DoubleDouble>> Solution { get; }

    /// <summary>Q', S x A.</summary>
    public DoubleDouble[,] Q { get; }

    /// <summary>log pi', S x A; 0 where the action is not available.</summary>
    public DoubleDouble[,] LogPolicy { get; }

    /// <summary>A bound of the error of a row of pihat in the 1-norm.</summary>
    public double RowDrift { get; }

    /// <summary>A bound of the error of V' and Q'.</summary>
    public double QError { get; }

    /// <summary>A bound of the error of log pi'.</summary>
    public double LogPolicyError { get; }
}
