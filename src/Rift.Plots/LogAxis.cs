using ScottPlot;
using ScottPlot.TickGenerators;

namespace Rift.Plots;

/// <summary>A logarithmic axis: ScottPlot has none, so its coordinate is the decimal logarithm and its labels say the number.</summary>
/// <remarks>Zero and infinity, which have no logarithm, lie on marked places of their own, two decades beyond the other values.</remarks>
internal sealed class LogAxis
{
    private const double Apart = 2;
    private readonly double _least, _most;
    private readonly bool _zero, _infinite;

    /// <summary>An axis that shows the values.</summary>
    /// <param name="values">Magnitudes; what is no number counts as infinite.</param>
    public LogAxis(params IEnumerable<double> values)
    {
        double[] all = [.. values];
        double[] positive = [.. all.Where(value => value > 0 && double.IsFinite(value))];
        _zero = all.Any(value => value <= 0);
        _infinite = all.Any(value => !double.IsFinite(value));
        _least = positive.Length > 0 ? Math.Floor(Math.Log10(positive.Min())) : -1;
        _most = positive.Length > 0 ? Math.Max(Math.Ceiling(Math.Log10(positive.Max())), _least + 1) : 0;
    }

    /// <summary>The lower end, as a coordinate.</summary>
    public double Low => (_zero ? _least - Apart : _least) - 0.3;

    /// <summary>The upper end, as a coordinate.</summary>
    public double High => (_infinite ? _most + Apart : _most) + 0.3;

    /// <summary>The coordinate of a value.</summary>
    public double At(double value) => !double.IsFinite(value) ? _most + Apart : value <= 0 ? _least - Apart : Math.Log10(value);

    /// <summary>At most about eight labelled powers of ten, the decades between them as minor ticks.</summary>
    public ITickGenerator Ticks => TicksOf(8);

    /// <summary>About so many labelled powers of ten at most, the decades between them as minor ticks.</summary>
    public NumericManual TicksOf(int most)
    {
        NumericManual ticks = new();
        int step = (int)Math.Ceiling((_most - _least) / Math.Max(1, most));
        for (int exponent = (int)_least; exponent <= _most; exponent++)
        {
            if (exponent % step == 0) ticks.AddMajor(exponent, NumberText.Power(exponent));
            else ticks.AddMinor(exponent);
            for (int digit = 2; step == 1 && exponent < _most && digit <= 9; digit++) ticks.AddMinor(exponent + Math.Log10(digit));
        }

        if (_zero) ticks.AddMajor(_least - Apart, "0");
        if (_infinite) ticks.AddMajor(_most + Apart, "∞");
        return ticks;
    }
}
