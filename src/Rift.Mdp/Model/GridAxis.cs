using System.Globalization;

namespace Rift.Mdp;

/// <summary>Where a number lies between two neighbouring points of an axis.</summary>
/// <param name="Lower">The index of the lower of the two.</param>
/// <param name="UpperWeight">The weight of the upper one, from 0 to below 1: 0 at the lower point.</param>
public readonly record struct GridPosition(int Lower, double UpperWeight)
{
    /// <summary>The weight of the lower point, above 0 to 1.</summary>
    public double LowerWeight => 1 - UpperWeight;
}

/// <summary>The points of one dimension of a rectangular grid, and linear interpolation between them.</summary>
/// <remarks>
/// Interpolation read as chance: x is rounded to one of its two neighbours at random, so that the mean is x. That makes a transition to x a transition to at most two
/// points, with probabilities that sum to one. Immutable.
/// </remarks>
public sealed class GridAxis
{
    private readonly double[] _points;

    /// <summary>An axis.</summary>
    /// <param name="points">Its points, at least one, finite and increasing.</param>
    /// <exception cref="ArgumentException">There is no point, one is not finite, or they do not increase.</exception>
    public GridAxis(params ReadOnlySpan<double> points)
    {
        Require.Positive(points.Length, nameof(points));
        _points = points.ToArray();
        for (int i = 0; i < _points.Length; i++)
        {
            Require.Finite(_points[i], nameof(points));
            if (i > 0 && !(_points[i] > _points[i - 1]))
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {_points[i]} after {_points[i - 1]}, expected increasing points"), nameof(points));
        }
    }

    /// <summary>An axis of evenly spaced points, both ends included.</summary>
    /// <param name="first">The first point.</param>
    /// <param name="last">The last point, above the first.</param>
    /// <param name="count">Number of points, at least 1; one point is the first.</param>
    public static GridAxis Uniform(double first, double last, int count)
    {
        Require.Positive(count, nameof(count));
        double[] points = new double[count];
        for (int i = 0; i < count; i++) points[i] = count == 1 ? first : first + ((last - first) * i / (count - 1));
        if (count > 1) points[^1] = last;
        return new GridAxis(points);
    }

    /// <summary>The number of points.</summary>
    public int Count => _points.Length;

    /// <summary>A point, by its index.</summary>
    /// <param name="index">The point's number, from 0.</param>
    public double this[int index] => _points[index];

    /// <summary>The points, increasing.</summary>
    public ReadOnlySpan<double> Points => _points;

    /// <summary>The two points between which a number lies, with their weights: <c>x = LowerWeight * this[Lower] + UpperWeight * this[Lower + 1]</c>. Beyond an end of the axis it is that end, with weight 1.</summary>
    /// <param name="x">The number.</param>
    /// <exception cref="ArgumentOutOfRangeException">x is not a number.</exception>
    public GridPosition Locate(double x)
    {
        if (double.IsNaN(x)) throw new ArgumentOutOfRangeException(nameof(x), x, "expected a number");
        int found = _points.AsSpan().BinarySearch(x);
        if (found >= 0) return new GridPosition(found, 0);
        int upper = ~found;
        if (upper == 0) return new GridPosition(0, 0);
        if (upper == Count) return new GridPosition(Count - 1, 0);
        double weight = (x - _points[upper - 1]) / (_points[upper] - _points[upper - 1]);
        return weight < 1 ? new GridPosition(upper - 1, weight) : new GridPosition(upper, 0);
    }
}
