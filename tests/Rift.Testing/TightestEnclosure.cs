using Rift.Mdp;

namespace Rift.Testing;

/// <summary>Enclosures at the limit of what the check accepts: where a rounding error in the check itself would show.</summary>
public static class TightestEnclosure
{
    /// <summary>The values of a solution moved by as little as is accepted, found by bisection from beyond the other end.</summary>
    public static ValueEnclosure Tightest(this SoftSolution solution, Policy? policy = null)
    {
        ArgumentNullException.ThrowIfNull(solution);
        ValueEnclosure wide = ValueEnclosure.Of(solution, policy);
        double[] lower = Smallest(-wide.Width, low => new ValueEnclosure(solution.Problem, low, wide.Upper, policy));
        double[] upper = Smallest(wide.Width, high => new ValueEnclosure(solution.Problem, lower, high, policy));
        return new ValueEnclosure(solution.Problem, lower, upper, policy);

        double[] Smallest(double radius, Func<double[], ValueEnclosure> claim)
        {
            double refused = -radius;
            for (int i = 0; i < 50; i++)
            {
                double middle = (refused + radius) / 2;
                if (claim(Moved(middle)).Check() is null) radius = middle;
                else refused = middle;
            }

            return Moved(radius);
        }

        double[] Moved(double by) => Array.ConvertAll(solution.Values.ToArray(), v => v + by);
    }
}
