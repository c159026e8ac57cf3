namespace Rift.Mdp.Tests;

/// <summary>The product of docs/how-to/write-a-kernel.md.</summary>
internal static class Drone
{
    internal static KroneckerKernel Kernel(int points)
    {
        GridAxis axis = GridAxis.Uniform(-1, 1, points);
        KroneckerFactor along = new(new InterpolatedGridKernel([axis], actions: 3, outcomes: [0.25, 0.5, 0.25], Drift, mayEnd: true), live: points);
        return new KroneckerKernel([along, along], [.. Enumerable.Range(0, 9).Select(action => new[] { action / 3, action % 3 })]);
    }

    private static bool Drift(ReadOnlySpan<double> point, int action, int gust, Span<double> next)
    {
        next[0] = point[0] + (0.03 * (action - 1)) + (0.015 * (gust - 1));
        return Math.Abs(next[0]) <= 1;
    }
}
