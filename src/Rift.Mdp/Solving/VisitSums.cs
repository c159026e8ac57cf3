namespace Rift.Mdp;

/// <summary>The weights f^t, t = 0 .. H - 1, with which the steps of a chain are summed: f = 1 and finite H for a fixed horizon, f below one without end for a discount or a survival.</summary>
internal readonly record struct StepWeights(double Factor, int Steps)
{
    /// <summary>f^t and all that follow.</summary>
    internal double From(int step) => step >= Steps ? 0 : Factor == 1 ? Steps - step : Math.Pow(Factor, step) / (1 - Factor);
}

/// <summary>Weighted sums of where a chain is after t steps, for several weights in one go: what fixed horizons, survivals and discounts of one policy share is followed once.</summary>
/// <remarks>
/// For kernels that compute their transitions. The chain is followed until what is left adds no more than what rounding may have taken and will take in sums over states and actions. One that loses its mass too slowly for that is left to a
/// linear solve for each of the weights; whether, its measured contraction decides.
/// </remarks>
internal sealed class VisitSums
{
    // The contraction is measured over so many steps, and looked at as often.
    private const int Window = 50;

    // So many further steps cost less than linear solves.
    private const int Affordable = 1000;

    private readonly PolicyKernel _chain;
    private readonly bool[] _terminal;
    private readonly StepWeights[] _weights;
    private readonly double[][] _sums;
    private readonly double[] _live, _errors; // what the sums hold outside the ends, and their bounds
    private readonly double _perStep;

    private VisitSums(PolicyKernel chain, bool[] terminal, StepWeights[] weights, double rowDrift)
    {
        _perStep = chain.RowError + rowDrift + (Rounding.Unit * (chain.Kernel.LargestColumn + chain.Kernel.Actions + 3));
        (_chain, _terminal, _weights) = (chain, terminal, weights);
        _sums = [.. weights.Select(_ => new double[terminal.Length])];
        (_live, _errors) = (new double[weights.Length], new double[weights.Length]);
    }

    /// <summary>sum_t f^t rho_t for each of the weights, with bounds in the 1-norm.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="initial">rho_0.</param>
    /// <param name="terminal">The ends. What is there stays; it counts for the weights without end, and not for a horizon.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="rowDrift">What the rows of the policy may be off by, in the 1-norm.</param>
    internal static CertifiedVector[] Of(PolicyKernel chain, ReadOnlySpan<double> initial, bool[] terminal, StepWeights[] weights, double rowDrift)
    {
        VisitSums sums = new(chain, terminal, weights, rowDrift);
        sums.Follow(initial.ToArray());
        return [.. sums._sums.Zip(sums._errors, (x, error) => new CertifiedVector(x, Rounding.SecondOrder * error, ErrorNorm.Sum))];
    }

    private void Follow(double[] here)
    {
        double drift = 0;
        double[] next = new double[here.Length];
        int horizon = _weights.Max(weight => weight.Factor == 1 ? weight.Steps : 0);
        double before = double.PositiveInfinity;
        for (int t = 0; ; t++)
        {
            double running = Add(here, t, drift), toGo = StepsToGo(t, running, Math.Pow(running / before, 1.0 / Window));
            if (toGo == 0 || (t >= horizon && t % Window == 0 && !(toGo <= Affordable)))
            {
                for (int i = 0; i < _weights.Length; i++)
                {
                    double rest = _weights[i].From(t + 1);
                    if (rest == 0) continue;
                    if (toGo > 0) AddRest(i, here, t, drift);
                    // Where nothing is left, only what has drifted to an end may still count.
                    else if (running > 0 || _weights[i].Factor < 1) _errors[i] += (running + drift) * rest;
                }

                return;
            }

            if (t % Window == 0) before = running;
            drift += _perStep * running;
            _chain.Push(here, next);
            (here, next) = (next, here);
        }
    }

    /// <summary>How many steps are still to be followed if a step goes on to keep this share of what runs; 0 where what is left does not count.</summary>
    private double StepsToGo(int t, double running, double rate)
    {
        double most = 0;
        for (int i = 0; i < _weights.Length; i++)
        {
            double rest = running * _weights[i].From(t + 1), enough = Enough(i);
            if (rest > enough) most = Math.Max(most, rate < 1 ? Math.Max(1, Math.Log(enough / rest) / Math.Log(rate * _weights[i].Factor)) : double.PositiveInfinity);
        }

        return most;
    }

    /// <summary>Adds a step to all sums, and removes what has ended; returns what goes on.</summary>
    private double Add(double[] here, int t, double drift)
    {
        double running = 0;
        for (int s = 0; s < here.Length; s++)
        {
            if (!_terminal[s]) running += here[s];
            else
            {
                for (int i = 0; i < _weights.Length; i++)
                    if (_weights[i].Factor < 1) _sums[i][s] += here[s] * _weights[i].From(t);
                here[s] = 0;
            }
        }

        for (int i = 0; i < _weights.Length; i++)
        {
            if (t >= _weights[i].Steps) continue;
            double[] sum = _sums[i];
            double weight = Math.Pow(_weights[i].Factor, t), mass = 0;
            for (int s = 0; s < sum.Length; s++) mass += sum[s] += weight * here[s];
            _live[i] += weight * running;
            _errors[i] += (weight == 0 ? 0 : weight * drift) + (4 * Rounding.Unit * mass);
        }

        return running;
    }

    /// <summary>Adds what the steps after one contribute, as the solution of a linear system.</summary>
    private void AddRest(int i, double[] here, int step, double drift)
    {
        double weight = Math.Pow(_weights[i].Factor, step);
        double[] start = new double[here.Length];
        _chain.Push(here, start);
        for (int s = 0; s < start.Length; s++) start[s] *= weight * _weights[i].Factor;
        PolicyKernel chain = _chain.WithDiscount(_weights[i].Factor);
        CertifiedVector rest = new DiscountedSolve(chain, LinearMethod.Krylov).SolveTransposed(start, tolerance: Enough(i));
        for (int s = 0; s < start.Length; s++) _sums[i][s] += rest.Values[s];
        double ofStart = weight * (drift + ((_perStep + (6 * Rounding.Unit)) * ErrorNorm.Sum.Of(here)));
        _errors[i] += rest.ErrorBound + Rounding.Accumulated(ofStart, chain.Discount, chain.RowError) + (Rounding.Unit * ErrorNorm.Sum.Of(_sums[i]));
    }

    /// <summary>An error as large as those of the steps so far and of a sum over states and actions.</summary>
    private double Enough(int i) => (double.IsFinite(_errors[i]) ? _errors[i] : 0) + (Rounding.Unit * _terminal.Length * _chain.Kernel.Actions * _live[i]);
}
