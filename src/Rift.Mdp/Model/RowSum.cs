using System.Globalization;

namespace Rift.Mdp;

/// <summary>What makes a row of numbers a probability distribution: the checks that kernels, policies and initial distributions share.</summary>
internal static class RowSum
{
    /// <summary>An upper bound of |sum - 1| for the exact sum of the row, the rounding of the computed sum included.</summary>
    internal static double Error(ReadOnlySpan<double> row)
    {
        double error = Math.Abs(Sum(row) - 1);
        return error + (4 * double.BitIncrement(error) * Rounding.Unit) + Rounding.Unit;
    }

    /// <summary>The sum with its rounding errors summed beside it (Neumaier 1974): exact up to one rounding.</summary>
    internal static double Sum(ReadOnlySpan<double> row)
    {
        double sum = 0, lost = 0;
        foreach (double x in row)
        {
            double next = sum + x;
            lost += Math.Abs(sum) >= Math.Abs(x) ? sum - next + x : x - next + sum;
            sum = next;
        }

        return sum + lost;
    }

    /// <summary>Requires a row that sums to one within the tolerance; returns the bound of its error.</summary>
    internal static double Require(ReadOnlySpan<double> row, int? state, int? action)
    {
        double sum = Sum(row);
        return Math.Abs(sum - 1) <= TransitionKernel.RowSumTolerance
            ? Error(row)
            : throw new InvalidModelException(
                string.Create(CultureInfo.InvariantCulture, $"probabilities sum to {sum:R}"), "1 within 1e-12", state, action);
    }

    internal static void RequireProbability(double p, int? state, int? action)
    {
        if (!(p is >= 0 and <= 1 + TransitionKernel.RowSumTolerance))
            throw new InvalidModelException(
                string.Create(CultureInfo.InvariantCulture, $"found the probability {p:R}"), "a number from 0 to 1", state, action);
    }

    internal static void RequireAction(bool any, int state)
    {
        if (!any) throw new InvalidModelException("found no available action", "at least one", state);
    }
}
