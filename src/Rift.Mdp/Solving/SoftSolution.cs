namespace Rift.Mdp;

/// <summary>How a computation ended.</summary>
public enum Outcome
{
    /// <summary>The tolerance was reached, and the certificate proves it.</summary>
    Converged,

    /// <summary>The iterations or the digits ran out first; the certificate says what was reached.</summary>
    ToleranceNotReached,

    /// <summary>The caller cancelled; the certificate says what was reached.</summary>
    Cancelled,
}

/// <summary>The solution of a soft Bellman problem: values, policy and a proved bound of their error.</summary>
public sealed class SoftSolution
{
    private readonly GreedyStep _step;

    internal SoftSolution(SoftProblem problem, GreedyStep step, Certificate certificate, Outcome outcome, string algorithm, IReadOnlyList<double> history)
    {
        Problem = problem;
        _step = step;
        Certificate = certificate;
        Outcome = outcome;
        Algorithm = algorithm;
        History = history;
    }

    /// <summary>The problem.</summary>
    public SoftProblem Problem { get; }

    /// <summary>V, S entries: the midpoint of the bracket.</summary>
    public ReadOnlySpan<double> Values => _step.Values;

    /// <summary>Q = r + gamma E V, S x A, made from <see cref="Values"/> when first asked for; without meaning where the action is not available.</summary>
    public StateActionTable Q => _step.Q;

    /// <summary>The optimal policy: log pi = Q/alpha + l minus the log-sum of exactly this Q; at temperature 0 by the tie rule.</summary>
    public Policy Policy => _step.Policy;

    /// <summary>At temperature 0: actions whose Q is within this of the best count as best. 1e-10 max(1, max|Q|).</summary>
    public double TieTolerance => _step.TieTolerance;

    /// <summary>The bracket of V*, and the bounds for Q and log pi that follow.</summary>
    public Certificate Certificate { get; }

    /// <summary>Whether the tolerance was reached.</summary>
    public Outcome Outcome { get; }

    /// <summary>The algorithm, and where it was chosen automatically why.</summary>
    public string Algorithm { get; }

    /// <summary>Number of iterations: backups of all states with the work that follows each.</summary>
    public int Iterations => History.Count;

    /// <summary>Products with the chain of a policy that iterative linear solves have made on the way; 0 where there were none.</summary>
    public int Products { get; internal init; }

    /// <summary>The half-width after each iteration, rounding left out.</summary>
    public IReadOnlyList<double> History { get; }

    /// <summary>The expected optimal value <c>sum_s d(s) V(s)</c>: J of the optimal policy (1), (6), (24); its error is at most the certificate's half-width, and the rounding of the sum.</summary>
    public double Objective => Problem.Mdp.InitialExpectation(_step.Values);

    /// <summary>The solution, if the tolerance was reached.</summary>
    /// <exception cref="NotConvergedException">It was not; the exception carries this solution with the certificate that was reached.</exception>
    public SoftSolution RequireConverged() => Outcome == Outcome.Converged ? this : throw new NotConvergedException(this);
}
