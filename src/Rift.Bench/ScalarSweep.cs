using System.Globalization;
using System.Runtime.CompilerServices;
using Rift.Mdp;

namespace Rift.Bench;

/// <summary>The soft backup of all states as one would write it first: compressed rows, one number at a time, the exponential and logarithm of the runtime.</summary>
/// <remarks>
/// The baseline of every measurement, and the check before one. It shares no line with the library and owns its copy of the model. Every action is available.
/// V'(s) = max_a Q(s,a) + alpha log sum_a exp((Q(s,a) - max_a Q(s,a)) / alpha), Q = r + gamma E V; the hard maximum at alpha = 0.
/// </remarks>
internal sealed class ScalarSweep
{
    private readonly int _actions;
    private readonly double _discount, _temperature;
    private readonly long[] _rowStart;
    private readonly int[] _successors;
    private readonly double[] _probabilities, _rewards, _q;

    /// <summary>The sweep of a workload.</summary>
    internal ScalarSweep(Workload workload, double discount, double temperature)
    {
        _actions = workload.Actions;
        (_discount, _temperature) = (discount, temperature);
        _rowStart = [.. workload.RowStart];
        (_successors, _probabilities) = workload.ReadAll();
        _rewards = [.. workload.Rewards];
        _q = new double[_actions];
    }

    /// <summary>Writes T V into <paramref name="next"/>; returns the smallest and the largest change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal (double Least, double Most) Backup(double[] values, double[] next)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        for (int s = 0; s < next.Length; s++)
        {
            double best = double.NegativeInfinity;
            for (int a = 0; a < _actions; a++)
            {
                int pair = (s * _actions) + a;
                double expectation = 0;
                for (long k = _rowStart[pair]; k < _rowStart[pair + 1]; k++) expectation += _probabilities[k] * values[_successors[k]];
                _q[a] = _rewards[pair] + (_discount * expectation);
                best = Math.Max(best, _q[a]);
            }

            double value = best;
            if (_temperature > 0)
            {
                double sum = 0;
                foreach (double q in _q) sum += Math.Exp((q - best) / _temperature);
                value += _temperature * Math.Log(sum);
            }

            least = Math.Min(least, value - values[s]);
            most = Math.Max(most, value - values[s]);
            next[s] = value;
        }

        return (least, most);
    }

    /// <summary>Value iteration from V = 0 until the bracket that the smallest and the largest change prove is narrow enough; returns its midpoint. Rounding is left out.</summary>
    internal (double[] Values, int Sweeps) Solve(int states, double halfWidth)
    {
        double[] values = new double[states], next = new double[states];
        double horizon = _discount / (1 - _discount);
        for (int sweep = 1; ; sweep++)
        {
            (double least, double most) = Backup(values, next);
            (values, next) = (next, values);
            if (!(horizon * (most - least) / 2 > halfWidth)) return (Array.ConvertAll(values, v => v + (horizon * (least + most) / 2)), sweep);
        }
    }

    /// <summary>Compares a sweep with this one, state by state, and in the ends of the change.</summary>
    /// <param name="values">V, which both swept.</param>
    /// <param name="next">What the other sweep wrote.</param>
    /// <param name="change">The smallest and the largest change that it returned.</param>
    /// <exception cref="DisagreementException">They are further apart than the rounding of both allows.</exception>
    internal void RequireAgreement(double[] values, ReadOnlySpan<double> next, (double Least, double Most) change)
    {
        double[] reference = new double[next.Length];
        (double least, double most) = Backup(values, reference);
        double worst = 0;
        for (int s = 0; s < next.Length; s++)
        {
            double bound = 2 * RoundingBound(s, values, reference[s]);
            worst = Math.Max(worst, bound + (2 * Rounding.Unit * Math.Abs(reference[s] - values[s])));
            Require(string.Create(CultureInfo.InvariantCulture, $"state {s}"), next[s], reference[s], bound);
        }

        Require("the smallest change", change.Least, least, worst);
        Require("the largest change", change.Most, most, worst);
    }

    /// <summary>How far a computed V'(s) can be from the exact one, whoever computed it with the largest Q taken out first.</summary>
    /// <remarks>
    /// Roundoffs u = 2^-53 to first order, with 1.01 for the rest. An expectation of n terms in any order: n gamma sum p |V|; with the discount (also when it was multiplied
    /// into the probabilities) two more; the sum with the reward |Q|. A weighted mean of these errors by the policy enters the log-sum: their largest. The scaled differences:
    /// three each (subtraction, reciprocal, product), weighted by the policy, times alpha / alpha. The exponential and the logarithm: 2 ulp, four roundoffs each; the sum of
    /// A terms: A; product and last sum: alpha log sum and |V'|. Maximum: exact.
    /// </remarks>
    internal double RoundingBound(int state, double[] values, double value)
    {
        double expectation = 0, best = double.NegativeInfinity;
        for (int a = 0; a < _actions; a++)
        {
            int pair = (state * _actions) + a;
            double size = 0, sum = 0;
            for (long k = _rowStart[pair]; k < _rowStart[pair + 1]; k++)
            {
                size += _probabilities[k] * Math.Abs(values[_successors[k]]);
                sum += _probabilities[k] * values[_successors[k]];
            }

            _q[a] = _rewards[pair] + (_discount * sum);
            best = Math.Max(best, _q[a]);
            expectation = Math.Max(expectation, ((_rowStart[pair + 1] - _rowStart[pair] + 2) * _discount * size) + Math.Abs(_q[a]));
        }

        if (_temperature == 0) return Rounding.SecondOrder * Rounding.Unit * expectation;
        double weights = 0, differences = 0;
        foreach (double q in _q)
        {
            double weight = Math.Exp((q - best) / _temperature);
            weights += weight;
            differences += weight * (best - q);
        }

        return Rounding.SecondOrder * Rounding.Unit
            * (expectation + (3 * differences / weights) + (_temperature * (4 + _actions + (5 * Math.Log(weights)))) + Math.Abs(value));
    }

    private static void Require(string what, double found, double expected, double bound)
    {
        if (!(Math.Abs(found - expected) <= bound))
            throw new DisagreementException(string.Create(CultureInfo.InvariantCulture, $"{what}: the kernel found {found:R}, the scalar reference {expected:R}, expected at most {bound:G2} between them"));
    }
}

/// <summary>A kernel and the scalar reference are further apart than rounding allows: its times would mean nothing.</summary>
internal sealed class DisagreementException(string message) : Exception(message);
