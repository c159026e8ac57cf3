namespace Rift.Mdp;

/// <summary>The weights f^t, t = 0 .. H - 1, with which the steps of a chain are summed: f = 1 and finite H for a fixed horizon, f below one without end for a discount or a survival.</summary>
internal readonly record struct StepWeights(double Factor, int Steps)
{
    /// <summary>f^t and all that follow.</summary>
    internal double From(int step) => step >= Steps ? 0 : Factor == 1 ? Steps - step : Math.Pow(Factor, step) / (1 - Factor);
}

/// <summary>Weighted sums of where a chain is after t steps, for several weights in one go: what fixed horizons, survivals and discounts of one policy share is followed once.</summary>
/// <remarks>For kernels that compute their transitions. A chain that has not run dry after <see cref="Steps"/> steps is left to a linear solve for each of the weights.</remarks>
internal sealed class VisitSums
{
    /// <summary>So many steps at most are followed one by one, unless a horizon is longer.</summary>
    private const int Steps = 150;

    private readonly PolicyKernel _chain;
    private readonly bool[] _terminal;
    private readonly StepWeights[] _weights;
    private readonly double[][] _sums;
    private readonly double[] _mass, _errors;

    private VisitSums(PolicyKernel chain, bool[] terminal, StepWeights[] weights)
    {
        (_chain, _terminal, _weights) = (chain, terminal, weights);
        _sums = [.. weights.Select(_ => new double[terminal.Length])];
        (_mass, _errors) = (new double[weights.Length], new double[weights.Length]);
    }

    /// <summary>sum_t f^t rho_t for each of the weights, with bounds in the 1-norm.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="initial">rho_0.</param>
    /// <param name="terminal">The ends. What is there stays; it counts for the weights without end, and not for a horizon.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="rowDrift">What the rows of the policy may be off by, in the 1-norm.</param>
    internal static CertifiedVector[] Of(PolicyKernel chain, ReadOnlySpan<double> initial, bool[] terminal, StepWeights[] weights, double rowDrift)
    {
        VisitSums sums = new(chain, terminal, weights);
        sums.Follow(initial.ToArray(), rowDrift);
        return [.. sums._sums.Zip(sums._errors, (x, error) => new CertifiedVector(x, Rounding.SecondOrder * error, ErrorNorm.Sum))];
    }

    private void Follow(double[] here, double rowDrift)
    {
        double perStep = _chain.RowError + rowDrift + (Rounding.Unit * (_chain.Kernel.LargestColumn + _chain.Kernel.Actions + 3)), drift = 0;
        double[] next = new double[here.Length];
        int most = _weights.Where(weight => weight.Factor == 1).Select(weight => weight.Steps).Append(Steps).Max();
        for (int t = 0; t < most; t++)
        {
            double running = Add(here, t, drift);
            if (_weights.Select((weight, i) => running * weight.From(t + 1) <= Rounding.Unit * _mass[i]).All(negligible => negligible))
            {
                // What is left adds less than rounding has taken. Where nothing is left, only what has drifted to an end may still count.
                for (int i = 0; i < _weights.Length; i++) _errors[i] += running == 0 && _weights[i].Factor == 1 ? 0 : (running + drift) * _weights[i].From(t + 1);
                return;
            }

            drift += perStep * running;
            _chain.Push(here, next);
            (here, next) = (next, here);
        }

        for (int i = 0; i < _weights.Length; i++)
            if (_weights[i].Steps > most) AddRest(i, here, most, drift);
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
            _mass[i] = mass;
            _errors[i] += (weight * drift) + (4 * Rounding.Unit * mass);
        }

        return running;
    }

    /// <summary>Adds what the steps from one on contribute, as the solution of a linear system.</summary>
    private void AddRest(int i, double[] here, int step, double drift)
    {
        double weight = Math.Pow(_weights[i].Factor, step);
        double[] start = Array.ConvertAll(here, x => weight * x);
        CertifiedVector rest = new DiscountedSolve(_chain.WithDiscount(_weights[i].Factor), LinearMethod.Krylov).SolveTransposed(start, weight * (drift + (4 * Rounding.Unit)));
        for (int s = 0; s < start.Length; s++) _sums[i][s] += rest.Values[s];
        _errors[i] += rest.ErrorBound + (Rounding.Unit * (_mass[i] + ErrorNorm.Sum.Of(rest.Values)));
    }
}
