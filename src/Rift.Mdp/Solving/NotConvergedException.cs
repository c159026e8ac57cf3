using System.Globalization;

namespace Rift.Mdp;

/// <summary>A tolerance that the caller insisted on was not reached.</summary>
public sealed class NotConvergedException : Exception
{
    internal NotConvergedException(SoftSolution solution)
        : base(string.Create(CultureInfo.InvariantCulture, $"{solution.Algorithm} reached the half-width {solution.Certificate.HalfWidth:G3} in {solution.Iterations} iterations, expected {solution.Certificate.Target:G3}"))
        => Solution = solution;

    /// <summary>What was reached, with its certificate.</summary>
    public SoftSolution Solution { get; }
}
