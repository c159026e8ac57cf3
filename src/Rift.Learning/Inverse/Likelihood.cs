using Rift.Mdp;

namespace Rift.Learning;

/// <summary>The log-likelihood of demonstrations under the soft-optimal policy of one point of a <see cref="LinearProcess"/>, and its derivatives.</summary>
/// <remarks>
/// <para>With n the counts and nu(s) = sum_a n(s,a) - gamma (E* n)(s), what the demonstrations would need as a start to be the visits of a policy,
/// <c>L = &lt;n, log pi&gt; = (&lt;n, r&gt; - &lt;nu, V&gt;) / alpha</c> up to a constant. Where n is the occupancy of an expert, nu is (1 - gamma) d and L is -Psi (9).</para>
/// <para>Along a parameter whose <see cref="LinearProcess.Direction"/> is h, log pi moves by the advantage A_h / alpha of the policy for the reward h without entropy: that is the score of a
/// decision. The gradient is <c>&lt;n, A_h&gt; / alpha</c>, which is <c>&lt;n - m, h&gt; / alpha</c> with m = x pi and x (I - gamma P_pi) = nu: Theorem 5.1. The Hessian is
/// <c>-(1/alpha^2) sum_s x(s) Cov_pi(A_h, A_k)</c>, fact F2 with x in the place of rho, and <c>&lt;n - m, h_k&gt; / alpha</c> beside it where h itself moves with the parameters, as it does for those of the
/// dynamics. One factorisation of I - gamma P_pi serves all: one solve a parameter, and one transposed. Immutable.</para>
/// </remarks>
internal sealed class Likelihood
{
    private readonly StateActionTable _counts;
    private readonly DiscountedSolve _solve;
    private readonly Jacobian _jacobian;
    private readonly double[] _probabilities;
    private readonly StateActionTable[] _directions;
    private readonly double[][] _valueChanges;
    private readonly double[] _stateCounts;

    private Likelihood(LinearProcess process, Demonstrations data, double[] point, SoftSolution solution)
    {
        (Process, Data, Point, Solution) = (process, data, point, solution);
        _counts = data.Counts;
        _probabilities = process.Probabilities(point);
        _stateCounts = [.. Enumerable.Range(0, process.States).Select(s => RowSum(_counts, s))];
        MarkovDecisionProcess mdp = solution.Problem.Mdp;
        _solve = new DiscountedSolve(mdp, solution.Policy);
        _jacobian = new Jacobian(mdp, solution.Policy, _solve);
        double[] values = Centred(solution.Values);
        _directions = [.. Enumerable.Range(0, process.Parameters).Select(k => process.Direction(k, values))];
        _valueChanges = new double[process.Parameters][];
        Scores = [.. _directions.Select((direction, k) => _jacobian.Advantage(direction, out _valueChanges[k]) / Temperature)];
        Choices = LogLikelihoodOfChoices();
    }

    internal LinearProcess Process { get; }

    internal Demonstrations Data { get; }

    /// <summary>theta_1 .. theta_K, p_1 .. p_(J-1).</summary>
    internal double[] Point { get; }

    /// <summary>The soft optimum at the point.</summary>
    internal SoftSolution Solution { get; }

    internal double Temperature => Solution.Problem.Temperature;

    /// <summary>d log pi(a|s) / d parameter, one S x A table a parameter.</summary>
    internal StateActionTable[] Scores { get; }

    /// <summary>sum n(s,a) log pi(a|s), in nats, for the exact soft optimum.</summary>
    internal CertifiedNumber Choices { get; }

    /// <summary>sum_j n_j log p_j, in nats; 0 where the dynamics are known.</summary>
    internal double Transitions => Process.Outcomes.Count == 0 ? 0 : Enumerable.Range(0, _probabilities.Length).Sum(j => OutcomeTotal(j) is double n and > 0 ? n * Math.Log(_probabilities[j]) : 0);

    internal double Value => Choices.Value + Transitions;

    /// <summary>The derivative of the log-likelihood, one number a parameter.</summary>
    internal double[] Gradient
    {
        get
        {
            double[] gradient = [.. Scores.Select(_counts.InnerProduct)];
            for (int k = Process.Features.Count; k < gradient.Length; k++)
                for (int j = 0; j < _probabilities.Length; j++) gradient[k] += OutcomeTotal(j) * OutcomeScore(k, j);
            return gradient;
        }
    }

    /// <summary>Minus the second derivative of the log-likelihood: the observed information.</summary>
    internal double[,] ObservedInformation
    {
        get
        {
            MarkovDecisionProcess mdp = Solution.Problem.Mdp;
            double[] arriving = mdp.Kernel.Push(_counts), needed = [.. _stateCounts.Select((n, s) => n - (mdp.Discount * arriving[s]))];
            double[] visits = _solve.SolveTransposed(needed).Values;
            StateActionTable excess = StateActionTable.Create(mdp.States, mdp.Actions, (s, a) => (_counts[s, a] - (visits[s] * Solution.Policy.Probability(s, a))) / Temperature);
            double[,] information = Covariance(visits);
            for (int k = Process.Features.Count; k < Process.Parameters; k++)
            {
                for (int l = 0; l < Process.Parameters; l++)
                {
                    double moved = excess.InnerProduct(Process.Direction(k, _valueChanges[l]));
                    information[k, l] -= moved;
                    information[l, k] -= moved;
                }

                for (int l = Process.Features.Count; l < Process.Parameters; l++)
                    for (int j = 0; j < _probabilities.Length; j++) information[k, l] += OutcomeTotal(j) * OutcomeScore(k, j) * OutcomeScore(l, j);
            }

            return information;
        }
    }

    /// <summary>What the information is expected to be given the states that were visited: never negative, and zero only along what these states cannot tell.</summary>
    internal double[,] ExpectedInformation
    {
        get
        {
            double[,] information = Covariance(_stateCounts);
            for (int k = Process.Features.Count; k < Process.Parameters; k++)
                for (int l = Process.Features.Count; l < Process.Parameters; l++)
                    for (int j = 0; j < _probabilities.Length; j++) information[k, l] += Data.Total * _probabilities[j] * OutcomeScore(k, j) * OutcomeScore(l, j);
            return information;
        }
    }

    /// <summary>The sum of the outer products of the scores of single decisions (Berndt, Hall, Hall and Hausman 1974).</summary>
    internal double[,] OuterProduct
    {
        get
        {
            bool byOutcome = Process.Outcomes.Count > 0;
            StateActionTable[] tables = byOutcome ? [.. Data.OutcomeCounts] : [_counts];
            double[,] sum = new double[Process.Parameters, Process.Parameters];
            for (int j = 0; j < tables.Length; j++)
            {
                double[] added = [.. Enumerable.Range(0, Process.Parameters).Select(k => byOutcome ? OutcomeScore(k, j) : 0)];
                for (int i = 0; i < _counts.Entries.Length; i++)
                {
                    if (tables[j][i] == 0) continue;
                    for (int k = 0; k < Process.Parameters; k++)
                        for (int l = 0; l < Process.Parameters; l++) sum[k, l] += tables[j][i] * (Scores[k][i] + added[k]) * (Scores[l][i] + added[l]);
                }
            }

            return sum;
        }
    }

    /// <summary>The likelihood at a point; null where the point is outside the parameter space or its values would overflow.</summary>
    internal static Likelihood? At(LinearProcess process, Demonstrations data, double temperature, double[] point, ReadOnlySpan<double> start = default)
    {
        if (!process.Contains(point)) return null;
        SoftProblem problem;
        try
        {
            problem = new SoftProblem(process.At(point), temperature);
        }
        catch (Exception e) when (e is ArgumentException or InvalidModelException)
        {
            return null;
        }

        SoftAlgorithm algorithm = process.States <= Auto.DirectStates ? new Auto { Tolerance = Tolerance.RoundingFloor } : new Auto();
        return new Likelihood(process, data, point, algorithm.Solve(problem, null, start));
    }

    /// <summary>A bound of the error of every entry of a score.</summary>
    internal double ScoreError(int parameter) => 2 * _jacobian.ErrorBound(_directions[parameter]) / Temperature;

    /// <summary>The advantage of the policy at the point for a reward, S x A.</summary>
    internal StateActionTable Advantage(StateActionTable reward) => _jacobian.Advantage(reward);

    /// <summary>How often a state was seen.</summary>
    internal double StateCount(int state) => _stateCounts[state];

    /// <summary>sum_s w(s) Cov_pi(score_k, score_l): scores average to zero under the policy.</summary>
    private double[,] Covariance(double[] weights)
    {
        int parameters = Process.Parameters, actions = Process.Actions;
        double[,] covariance = new double[parameters, parameters];
        for (int i = 0; i < _counts.Entries.Length; i++)
        {
            double weight = weights[i / actions] == 0 ? 0 : weights[i / actions] * Math.Exp(Solution.Policy.LogProbabilities[i]);
            if (weight == 0) continue;
            for (int k = 0; k < parameters; k++)
                for (int l = 0; l <= k; l++) covariance[k, l] += weight * Scores[k][i] * Scores[l][i];
        }

        for (int k = 0; k < parameters; k++)
            for (int l = 0; l < k; l++) covariance[l, k] = covariance[k, l];
        return covariance;
    }

    private CertifiedNumber LogLikelihoodOfChoices()
    {
        double sum = 0, size = 0, terms = 0;
        for (int i = 0; i < _counts.Entries.Length; i++)
        {
            if (_counts[i] == 0) continue;
            double term = _counts[i] * Solution.Policy.LogProbabilities[i];
            sum += term;
            size += Math.Abs(term);
            terms++;
        }

        return new CertifiedNumber(sum, Rounding.SecondOrder * ((Data.Total * Solution.Certificate.LogPolicyRadius) + (Rounding.Unit * (terms + 1) * size)));
    }

    private double OutcomeTotal(int outcome) => Data.OutcomeCounts[outcome].Sum();

    /// <summary>d log p_j / d p_k, where what p_k gains the last outcome loses.</summary>
    private double OutcomeScore(int parameter, int outcome)
    {
        int k = parameter - Process.Features.Count;
        return k < 0 ? 0 : outcome == k ? 1 / _probabilities[k] : outcome == _probabilities.Length - 1 ? -1 / _probabilities[^1] : 0;
    }

    // Differences of expectations do not see what all states have in common; it would cost them digits.
    private static double[] Centred(ReadOnlySpan<double> values)
    {
        double[] centred = values.ToArray();
        for (int s = 0; s < centred.Length; s++) centred[s] -= values[0];
        return centred;
    }

    private static double RowSum(StateActionTable table, int state)
    {
        double sum = 0;
        foreach (double entry in table.Row(state)) sum += entry;
        return sum;
    }
}
