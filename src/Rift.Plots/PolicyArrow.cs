using ScottPlot;

namespace Rift.Plots;

/// <summary>The mark of an action in a cell of unit size: an arrow from the centre, or a disc for staying, its area in proportion to the probability.</summary>
internal static class PolicyArrow
{
    /// <summary>Below this probability nothing is drawn: it would be no longer than a pixel.</summary>
    private const double LeastProbability = 1e-3;

    /// <summary>The arrow of probability one, pointing right: half of its outline, from the tail to the tip.</summary>
    private static readonly Coordinates[] _upperHalf = [new(0, 0.028), new(0.25, 0.028), new(0.25, 0.09), new(0.41, 0)];

    /// <summary>The directions of the actions, as steps on a map whose y grows upward; null where a label is no direction.</summary>
    public static (int X, int Y)[]? Directions(IReadOnlyList<string>? labels)
    {
        (int X, int Y)?[]? directions = labels?.Select(Direction).ToArray();
        return directions is null || directions.Contains(null) ? null : [.. directions.Select(direction => direction!.Value)];
    }

    /// <summary>The outline of an action's mark; empty where the probability is too small to be seen.</summary>
    public static Coordinates[] Outline(double centreX, double centreY, (int X, int Y) direction, double probability)
    {
        if (!(probability >= LeastProbability)) return [];
        double size = Math.Sqrt(probability);
        IEnumerable<Coordinates> shape = direction == (0, 0)
            ? Disc(0.1)
            : _upperHalf.Concat(_upperHalf[..^1].Reverse().Select(point => new Coordinates(point.X, -point.Y)))
                .Select(point => new Coordinates((point.X * direction.X) - (point.Y * direction.Y), (point.X * direction.Y) + (point.Y * direction.X)));
        return [.. shape.Select(point => new Coordinates(centreX + (size * point.X), centreY + (size * point.Y)))];
    }

    private static IEnumerable<Coordinates> Disc(double radius)
    {
        const int Corners = 32;
        return Enumerable.Range(0, Corners).Select(i => double.SinCosPi(2.0 * i / Corners)).Select(angle => new Coordinates(radius * angle.CosPi, radius * angle.SinPi));
    }

    private static (int X, int Y)? Direction(string label) => label.ToUpperInvariant() switch
    {
        "UP" or "NORTH" => (0, 1),
        "RIGHT" or "EAST" => (1, 0),
        "DOWN" or "SOUTH" => (0, -1),
        "LEFT" or "WEST" => (-1, 0),
        "STAY" => (0, 0),
        _ => null,
    };
}
