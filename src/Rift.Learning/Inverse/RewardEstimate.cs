using Rift.Mdp;

namespace Rift.Learning;

/// <summary>Which estimate of the information the standard errors come from.</summary>
public enum ErrorFormula
{
    /// <summary>The outer product of the scores (Berndt, Hall, Hall and Hausman 1974): what Rust (1987) reports.</summary>
    OuterProduct,

    /// <summary>Minus the Hessian of the log-likelihood, less the penalty if there is one.</summary>
    Hessian,
}

/// <summary>One parameter of a fit.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Estimate">The maximum-likelihood estimate; one of many where the parameter is not identified.</param>
/// <param name="StandardError">From the outer product of the scores. Positive infinity where the parameter is not identified, not a number where the data allow none.</param>
/// <param name="HessianStandardError">From the Hessian; likewise.</param>
public sealed record ParameterEstimate(string Name, double Estimate, double StandardError, double HessianStandardError)
{
    /// <summary>Whether the estimate is zero but for chance: (estimate / standard error)^2 against chi-squared with one degree of freedom.</summary>
    public HypothesisTest IsZero => HypothesisTest.ChiSquared($"{Name} = 0 (Wald)", Z * Z, 1);

    /// <summary>The estimate in standard errors; not a number where the parameter is not identified.</summary>
    public double Z => double.IsFinite(StandardError) ? Estimate / StandardError : double.NaN;
}

/// <summary>A probability and an interval that holds the true one in 95 of 100 samples.</summary>
/// <param name="Probability">The estimate.</param>
/// <param name="Lower">The lower end.</param>
/// <param name="Upper">The upper end.</param>
public readonly record struct ProbabilityBand(double Probability, double Lower, double Upper);

/// <summary>A fitted reward: the estimates and their errors, what the data could not tell, and the solution they imply.</summary>
public sealed class RewardEstimate
{
    private readonly Likelihood _likelihood;
    private readonly Lazy<double[,]?> _byOuterProduct, _byHessian;

    internal RewardEstimate(MaximumLikelihood fit, Likelihood likelihood, Identification identification, double[,] basis, FitOutcome outcome, int steps, double decrement)
    {
        (Fit, _likelihood, Identification, Outcome, Steps, Decrement) = (fit, likelihood, identification, outcome, steps, decrement);
        _byOuterProduct = new(() => Inverse(ErrorFormula.OuterProduct));
        _byHessian = new(() => Inverse(ErrorFormula.Hessian));

        double[,]? Inverse(ErrorFormula formula) => Data.IsPopulation || Outcome == FitOutcome.Separated ? null : SymmetricMatrix.InverseWithin(Information(formula), basis);
    }

    /// <summary>How it was fitted.</summary>
    public MaximumLikelihood Fit { get; }

    /// <summary>The family that was fitted.</summary>
    public LinearProcess Process => _likelihood.Process;

    /// <summary>What it was fitted to.</summary>
    public Demonstrations Data => _likelihood.Data;

    /// <summary>The soft optimum of the estimate, certified.</summary>
    public SoftSolution Solution => _likelihood.Solution;

    /// <summary>theta_1 .. theta_K, p_1 .. p_(J-1).</summary>
    public IReadOnlyList<double> Point => _likelihood.Point;

    /// <summary>The parameters with their standard errors.</summary>
    public IReadOnlyList<ParameterEstimate> Parameters => field ??= Estimates();

    /// <summary>How the fit ended.</summary>
    public FitOutcome Outcome { get; }

    /// <summary>Where the fit is separated: the parameters that go to infinity, with a minus where it is negative infinity; none otherwise.</summary>
    public IReadOnlyList<string> Diverging { get; internal init; } = [];

    /// <summary>Steps tried, each with one soft solve.</summary>
    public int Steps { get; }

    /// <summary>How far the maximum is, to first order and in standard errors: the square root of g H^-1 g.</summary>
    public double Decrement { get; }

    /// <summary>The log-likelihood of the decisions, in nats, at the estimate; the bound is that of the soft solution and of the sum.</summary>
    public CertifiedNumber LogLikelihoodOfChoices => _likelihood.Choices;

    /// <summary>The log-likelihood of how steps turned out; 0 where the dynamics are known.</summary>
    public double LogLikelihoodOfTransitions => _likelihood.Transitions;

    /// <summary>Both together.</summary>
    public double LogLikelihood => _likelihood.Value;

    /// <summary>What the demonstrations cannot tell.</summary>
    public Identification Identification { get; }

    /// <summary>
    /// Whether the maximum is proved to be the only one: the log-likelihood is concave if the demonstrations could be the visits of a policy, n_s - gamma E* n at least 0 in every state, and the dynamics
    /// are known.
    /// </summary>
    public bool IsGlobal
    {
        get
        {
            double[] arriving = Process.Kernel.Push(Data.Counts);
            return Process.Outcomes.Count == 0 && Enumerable.Range(0, Process.States).All(s => _likelihood.StateCount(s) - (Process.Discount * arriving[s]) >= -1e-12 * Data.Total);
        }
    }

    /// <summary>The derivative of the log-likelihood at the estimate, one number a parameter.</summary>
    public IReadOnlyList<double> Gradient => _likelihood.Gradient;

    /// <summary>Minus the Hessian of the log-likelihood at the estimate, the penalty included.</summary>
    /// <param name="formula">From which derivatives.</param>
    public double[,] Information(ErrorFormula formula) => formula == ErrorFormula.Hessian ? Fit.Curvature(_likelihood) : _likelihood.OuterProduct;

    /// <summary>The covariance of the estimates, within the directions that the data can see; null where the information is singular there, or the data are a policy that is known and leave nothing to chance.</summary>
    /// <param name="formula">Which estimate of the information.</param>
    public double[,]? Covariance(ErrorFormula formula = ErrorFormula.OuterProduct) => (double[,]?)(formula == ErrorFormula.Hessian ? _byHessian : _byOuterProduct).Value?.Clone();

    /// <summary>Tests whether parameters have given values, by the distance of the estimates (Wald 1943).</summary>
    /// <param name="values">The parameters by name, and what they are supposed to be.</param>
    /// <returns>The statistic, its degrees of freedom and its p-value.</returns>
    /// <exception cref="ArgumentException">A name is unknown, or there is none.</exception>
    /// <exception cref="InvalidOperationException">The parameters are not identified.</exception>
    public HypothesisTest Wald(IReadOnlyDictionary<string, double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0) throw new ArgumentException("found no parameter, expected at least one", nameof(values));
        int[] tested = [.. values.Keys.Select(IndexOf)];
        if (Covariance() is not { } covariance || tested.Any(k => !Identification.Sees(k))) throw new InvalidOperationException("found parameters that the data do not identify, expected others to test");
        double[,] block = new double[tested.Length, tested.Length], unit = new double[tested.Length, tested.Length];
        for (int i = 0; i < tested.Length; i++)
        {
            unit[i, i] = 1;
            for (int j = 0; j < tested.Length; j++) block[i, j] = covariance[tested[i], tested[j]];
        }

        double[] away = [.. values.Values.Select((value, i) => Point[tested[i]] - value)];
        double[,] inverse = SymmetricMatrix.InverseWithin(block, unit) ?? throw new InvalidOperationException("found a singular covariance, expected parameters that can be told apart");
        string name = string.Join(", ", values.Select(pair => FormattableString.Invariant($"{pair.Key} = {pair.Value}")));
        return HypothesisTest.ChiSquared($"{name} (Wald)", SymmetricMatrix.Dot(away, SymmetricMatrix.Times(inverse, away)), tested.Length);
    }

    /// <summary>Tests a restriction: a fit of the same data with fewer parameters against this one (Wilks 1938).</summary>
    /// <param name="restricted">The fit of the smaller family, by the same penalty.</param>
    /// <returns>The statistic, its degrees of freedom and its p-value.</returns>
    /// <exception cref="ArgumentException">It has other data, or no fewer directions that the data can see.</exception>
    public HypothesisTest LikelihoodRatio(RewardEstimate restricted)
    {
        ArgumentNullException.ThrowIfNull(restricted);
        if (restricted.Data != Data) throw new ArgumentException("found a fit of other data, expected the same", nameof(restricted));
        int degrees = Identification.Rank - restricted.Identification.Rank;
        return degrees > 0 ? HypothesisTest.LikelihoodRatio(LogLikelihood, restricted.LogLikelihood, degrees) : throw new ArgumentException("found no fewer parameters, expected a smaller family", nameof(restricted));
    }

    /// <summary>Tests whether the reward is nothing at all: the likelihood ratio against zero for all of its parameters.</summary>
    /// <returns>The statistic, its degrees of freedom and its p-value.</returns>
    public HypothesisTest AgainstNoReward()
    {
        Likelihood indifferent = Likelihood.At(Process, Data, Fit.Temperature, MaximumLikelihood.Start(Process, Data))!;
        int dynamics = Process.Parameters - Process.Features.Count;
        return HypothesisTest.LikelihoodRatio(LogLikelihood, indifferent.Value, Math.Max(1, Identification.Rank - dynamics));
    }

    /// <summary>The estimated probability of an action in a state, with its 95 % interval: symmetric in the log-odds, by the delta method.</summary>
    /// <param name="state">The state.</param>
    /// <param name="action">The action.</param>
    /// <param name="formula">Which standard errors.</param>
    public ProbabilityBand Probability(int state, int action, ErrorFormula formula = ErrorFormula.OuterProduct)
    {
        double p = Solution.Policy.Probability(state, action);
        if (p is 0 or 1) return new ProbabilityBand(p, p, p);
        if (Data.IsPopulation) return new ProbabilityBand(p, p, p);
        if (Covariance(formula) is not { } covariance) return new ProbabilityBand(p, 0, 1);
        double[] slope = [.. _likelihood.Scores.Select(score => score[state, action] / (1 - p))];
        if (Identification.Blind.Any(direction => Math.Abs(direction.Coefficients.Zip(slope, (x, y) => x * y).Sum()) > 1e-6 * direction.Coefficients.Zip(slope, (x, y) => Math.Abs(x * y)).Sum() && direction.Cause == Blindness.Unvisited))
            return new ProbabilityBand(p, 0, 1);
        double odds = Math.Log(p / (1 - p)), half = HypothesisTest.Normal95 * Math.Sqrt(Math.Max(0, SymmetricMatrix.Dot(slope, SymmetricMatrix.Times(covariance, slope))));
        return new ProbabilityBand(p, Logistic(odds - half), Logistic(odds + half));
    }

    /// <summary>What would be done if the process were another: the soft optimum at other parameters.</summary>
    /// <param name="changed">The parameters that differ, by name.</param>
    /// <exception cref="ArgumentException">A name is unknown, or the point is outside the parameter space.</exception>
    public Counterfactual If(IReadOnlyDictionary<string, double> changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        double[] point = [.. Point];
        foreach ((string name, double value) in changed) point[IndexOf(name)] = value;
        if (!Process.Contains(point)) throw new ArgumentException("found a point outside the parameter space, expected finite numbers and positive probabilities", nameof(changed));
        return If(Process.At(point));
    }

    /// <summary>What would be done in another process: other dynamics, another reward, another discount.</summary>
    /// <param name="changed">The process, with as many states and actions.</param>
    public Counterfactual If(MarkovDecisionProcess changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        return Counterfactual.Of(Solution, changed);
    }

    internal int IndexOf(string name)
    {
        int found = Process.Names.ToList().IndexOf(name);
        return found >= 0 ? found : throw new ArgumentException($"found no parameter \"{name}\", expected one of {string.Join(", ", Process.Names)}", nameof(name));
    }

    private ParameterEstimate[] Estimates()
    {
        double[,]? outer = Covariance(), hessian = Covariance(ErrorFormula.Hessian);
        return [.. Process.Names.Select((name, k) => new ParameterEstimate(name, Point[k], Error(outer, k), Error(hessian, k)))];
    }

    private double Error(double[,]? covariance, int k) =>
        Fit.Ridge == 0 && !Identification.Sees(k) ? double.PositiveInfinity : covariance is null ? double.NaN : Math.Sqrt(Math.Max(0, covariance[k, k]));

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
