using Rift.Mdp;

namespace Rift.Learning;

/// <summary>How a fit ended.</summary>
public enum FitOutcome
{
    /// <summary>At a maximum, within the tolerance.</summary>
    Converged,

    /// <summary>The likelihood has no maximum: it rises for ever along a direction in which the data never contradict, and the estimates go to infinity.</summary>
    Separated,

    /// <summary>The steps or the digits ran out first.</summary>
    NotConverged,

    /// <summary>It was cancelled.</summary>
    Cancelled,
}

/// <summary>Fits the parameters of a process to demonstrations: maximum likelihood of the soft-optimal policy, which is maximum causal entropy inverse reinforcement learning with a linear reward.</summary>
/// <remarks>
/// <para>Trust-region Newton steps with the exact gradient and Hessian, in the directions that the data can see and in the metric of the expected information, so that the units of the
/// features do not matter. At every point the soft optimum is solved to a certificate. The likelihood is concave where the data are those of a policy (fact F1: it is -Psi); for a finite sample it need not be,
/// and the fit ends at a local maximum: see <see cref="RewardEstimate.IsGlobal"/>.</para>
/// <para>One step costs a soft solve, a factorisation, and one linear solve a parameter. Parameters of the dynamics are fitted jointly with those of the reward, as in the third stage of Rust (1987); for them the
/// log-likelihood of the transitions is added.</para>
/// </remarks>
public sealed record MaximumLikelihood
{
    // A step is judged by the likelihood as long as the promised gain stands out of its rounding, and by Newton's decrement after that.
    private const double VisibleGain = 1e-10;

    // Separation: the next step would gain less than this share of one decision, and change the log-odds of a decision by more than that.
    private const double SeparatedGain = 1e-4, SeparatedMove = 0.1;

    // Where a decision has next to no weight, standard errors do not see it: at a maximum the next step changes no log-probability by more.
    private const double LastMove = 1e-3;

    /// <summary>alpha, in the units of the reward; it fixes the scale of the estimates. Default: 1.</summary>
    public double Temperature { get; init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, "expected a positive finite number"); } = 1;

    /// <summary>lambda of the penalty lambda/2 sum_k theta_k^2 on the parameters of the reward, at least 0. Default: 0, none.</summary>
    public double Ridge { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(Ridge), value, "expected a finite number, zero or more"); }

    /// <summary>The fit has converged when the next Newton step is shorter than this, in standard errors. Default: 1e-7.</summary>
    public double Tolerance { get; init; } = 1e-7;

    /// <summary>The most steps. Default: 200.</summary>
    public int MaxSteps { get; init; } = 200;

    /// <summary>Fits.</summary>
    /// <param name="process">The family.</param>
    /// <param name="data">The demonstrations; with outcome counts if the dynamics have parameters.</param>
    /// <param name="start">The point to start from; null for a reward of zero and the observed frequencies of the outcomes.</param>
    /// <param name="cancellation">Ends the fit at the point reached.</param>
    /// <returns>The estimate with its errors, whatever the outcome.</returns>
    /// <exception cref="ArgumentException">The data do not fit the process, the start is outside the parameter space, or an outcome was never observed.</exception>
    /// <exception cref="InvalidModelException">An action was demonstrated where it is not available.</exception>
    public RewardEstimate Fit(LinearProcess process, Demonstrations data, IReadOnlyList<double>? start = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(data);
        double[] first = Start(process, data, start);
        return Fit(process, data, first, default, null, cancellation);
    }

    /// <summary>Fits from a point at which V is nearly known, with what is identified known already.</summary>
    internal RewardEstimate Fit(LinearProcess process, Demonstrations data, double[] start, ReadOnlySpan<double> values, Identification? identification, CancellationToken cancellation)
    {
        Likelihood point = Likelihood.At(process, data, Temperature, start, values) ?? throw new ArgumentException("found a point outside the parameter space, expected finite numbers and positive probabilities", nameof(start));
        identification ??= Identification.Of(point);
        double[,] basis = Ridge > 0 ? PenalisedBasis(point) : identification.Basis;
        FitOutcome outcome = basis.GetLength(1) == 0 ? FitOutcome.Converged : FitOutcome.NotConverged;
        // A change of the log-probability of every decision by one nat, on the square average.
        double radius = Math.Sqrt(data.Total), decrement = 0;
        int steps = 0;
        double[] step = [];
        Model? model = null;
        while (outcome == FitOutcome.NotConverged)
        {
            model ??= new Model(this, point, basis);
            (step, double gain, bool isNewton, decrement) = model.Step(radius);
            if (decrement <= Tolerance && model.LargestMove(step) <= LastMove) outcome = FitOutcome.Converged;
            else if (Ridge == 0 && isNewton && gain <= SeparatedGain * model.SmallestCount && model.LargestMove(step) >= SeparatedMove) outcome = FitOutcome.Separated;
            else if (cancellation.IsCancellationRequested) outcome = FitOutcome.Cancelled;
            if (outcome != FitOutcome.NotConverged || steps == MaxSteps) break;
            steps++;
            double size = model.Length(step);
            if (!(size > 0)) break;
            double[] next = [.. point.Point.Zip(step, (x, dx) => x + dx)];
            Likelihood? trial = Likelihood.At(process, data, Temperature, next, point.Solution.Values);
            bool isVisible = gain > VisibleGain * (1 + Math.Abs(point.Value));
            double ratio = trial is null ? double.NegativeInfinity : (Objective(trial) - Objective(point)) / gain;
            Model? there = trial is null ? null : new Model(this, trial, basis);
            bool isBetter = isVisible ? ratio > 1e-4 : there is not null && there.Step(radius).Decrement < decrement;
            if (isBetter)
            {
                (point, model) = (trial!, there!);
                // Where only rounding is left to judge by, the region stays as it is.
                if (isVisible) radius = ratio < 0.25 ? size / 4 : ratio > 0.75 && !isNewton ? 2 * radius : radius;
            }
            else if (!isVisible) break;
            else radius = size / 4;
        }

        return new RewardEstimate(this, point, identification, basis, outcome, steps, decrement) { Diverging = outcome == FitOutcome.Separated ? Diverging(point, step) : [] };
    }

    /// <summary>The parameters that the next step would move, with the sign of the infinity that they go to.</summary>
    private static IReadOnlyList<string> Diverging(Likelihood point, double[] step)
    {
        double[] moved = [.. step.Select((dx, k) => Math.Abs(dx) * point.Scores[k].MaxAbs())];
        return [.. Enumerable.Range(0, step.Length).Where(k => moved[k] > 1e-3 * moved.Max()).Select(k => $"{(step[k] < 0 ? "-" : "")}{point.Process.Names[k]}")];
    }

    /// <summary>What is maximised: the log-likelihood less the penalty.</summary>
    internal double Objective(Likelihood point) => point.Value - (Ridge / 2 * point.Point.Take(point.Process.Features.Count).Sum(x => x * x));

    /// <summary>Minus the second derivative of what is maximised.</summary>
    internal double[,] Curvature(Likelihood point) => Penalised(point, point.ObservedInformation);

    private double[,] Penalised(Likelihood point, double[,] information)
    {
        for (int k = 0; k < point.Process.Features.Count; k++) information[k, k] += Ridge;
        return information;
    }

    /// <summary>With a penalty every direction is seen: all of them, in the metric of information and penalty.</summary>
    private double[,] PenalisedBasis(Likelihood point)
    {
        double[,] information = Penalised(point, point.ExpectedInformation);
        (double[] values, double[,] vectors) = SymmetricMatrix.Eigen(information);
        for (int k = 0; k < values.Length; k++)
            for (int i = 0; i < values.Length; i++) vectors[k, i] /= Math.Sqrt(Math.Max(values[i], SymmetricMatrix.Negligible * values[^1]));
        return vectors;
    }

    /// <summary>Where a fit starts: the point given, or a reward of zero and the frequencies of the outcomes.</summary>
    internal static double[] Start(LinearProcess process, Demonstrations data, IReadOnlyList<double>? start = null)
    {
        data.RequireFits(process.Kernel);
        if (process.Outcomes.Count > 0 && data.OutcomeCounts.Count != process.Outcomes.Count)
            throw new ArgumentException($"found counts by {data.OutcomeCounts.Count} outcomes, expected {process.Outcomes.Count}, as many as the process has", nameof(data));
        double[] totals = [.. data.OutcomeCounts.Select(table => table.Sum())];
        for (int j = 0; j < process.Outcomes.Count; j++)
            if (totals[j] == 0) throw new ArgumentException($"found no step that turned out as {process.Outcomes[j].Name}, expected a process without that outcome", nameof(data));
        if (start is not null)
        {
            if (start.Count != process.Parameters) throw new ArgumentException($"found {start.Count} parameters, expected {process.Parameters}", nameof(start));
            return [.. start];
        }

        double[] first = new double[process.Parameters];
        for (int k = process.Features.Count; k < first.Length; k++) first[k] = totals[k - process.Features.Count] / data.Total;
        return first;
    }

    /// <summary>The quadratic model of the objective at a point, in the coordinates of a basis.</summary>
    private sealed class Model
    {
        private readonly Likelihood _point;
        private readonly double[,] _basis, _curvature, _whitening;
        private readonly double[] _gradient;

        internal Model(MaximumLikelihood fit, Likelihood point, double[,] basis)
        {
            (_point, _basis) = (point, basis);
            double[] gradient = point.Gradient;
            for (int k = 0; k < point.Process.Features.Count; k++) gradient[k] -= fit.Ridge * point.Point[k];
            double[,] metric = SymmetricMatrix.Congruent(fit.Penalised(point, point.ExpectedInformation), basis);
            (double[] values, double[,] vectors) = SymmetricMatrix.Eigen(metric);
            _whitening = vectors;
            for (int i = 0; i < values.Length; i++)
                for (int k = 0; k < values.Length; k++) _whitening[k, i] /= Math.Sqrt(Math.Max(values[i], SymmetricMatrix.Negligible * values[^1]));
            _gradient = SymmetricMatrix.TransposedTimes(_whitening, SymmetricMatrix.TransposedTimes(basis, gradient));
            _curvature = SymmetricMatrix.Congruent(SymmetricMatrix.Congruent(fit.Curvature(point), basis), _whitening);
        }

        /// <summary>The smallest positive count: the weight of one decision.</summary>
        internal double SmallestCount
        {
            get
            {
                double least = double.PositiveInfinity;
                foreach (double count in _point.Data.Counts.Entries)
                    if (count > 0) least = Math.Min(least, count);
                return least;
            }
        }

        internal (double[] Step, double Gain, bool IsNewton, double Decrement) Step(double radius)
        {
            (double[] step, double gain, bool isNewton, double decrement) = TrustRegion.Step(_gradient, _curvature, radius);
            return (SymmetricMatrix.Times(_basis, SymmetricMatrix.Times(_whitening, step)), gain, isNewton, decrement);
        }

        /// <summary>The length of a step in the metric of the expected information.</summary>
        internal double Length(double[] step) => Math.Sqrt(SymmetricMatrix.Dot(step, SymmetricMatrix.Times(_point.ExpectedInformation, step)));

        /// <summary>The largest change of a log-probability in a state that was visited, to first order.</summary>
        internal double LargestMove(double[] step)
        {
            double most = 0;
            for (int s = 0; s < _point.Process.States; s++)
            {
                if (_point.StateCount(s) == 0) continue;
                for (int a = 0; a < _point.Process.Actions; a++)
                {
                    double move = 0;
                    for (int k = 0; k < step.Length; k++) move += step[k] * _point.Scores[k][s, a];
                    most = Math.Max(most, Math.Abs(move));
                }
            }

            return most;
        }
    }
}
