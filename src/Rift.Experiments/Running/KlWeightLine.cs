using Rift.Mdp;

namespace Rift.Experiments;

/// <summary>The line of tuned policies over the KL weight, searched for one with a property; in the logarithm of the weight, from 1e-4 to 1e3.</summary>
internal sealed class KlWeightLine(Func<double, SoftSolution> solve)
{
    private const double RelativeWidth = 1e-7;
    private static readonly double _least = Math.Log(1e-4), _most = Math.Log(1e3), _golden = (Math.Sqrt(5) - 1) / 2;

    internal SoftSolution At(double weight) => solve(weight);

    /// <summary>Where a function that does not fall with the weight is zero, to 1e-7 of the weight; null where it has one sign throughout. Bisection.</summary>
    internal double? Root(Func<SoftSolution, double> function)
    {
        double low = _least, high = _most;
        if (function(solve(Math.Exp(low))) > 0 || function(solve(Math.Exp(high))) < 0) return null;
        while (high - low > RelativeWidth)
        {
            double middle = (low + high) / 2;
            if (function(solve(Math.Exp(middle))) < 0) low = middle;
            else high = middle;
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Where a function with a single valley is least, as far as its rounding shows; null where that is at an end. Golden section: no slope is looked at.</summary>
    internal double? Minimum(Func<SoftSolution, double> function)
    {
        double low = _least, high = _most;
        double Value(double place) => function(solve(Math.Exp(place)));
        double left = high - (_golden * (high - low)), right = low + (_golden * (high - low));
        double atLeft = Value(left), atRight = Value(right);
        while (high - low > RelativeWidth)
        {
            if (atLeft <= atRight)
            {
                (high, right, atRight) = (right, left, atLeft);
                left = high - (_golden * (high - low));
                atLeft = Value(left);
            }
            else
            {
                (low, left, atLeft) = (left, right, atRight);
                right = low + (_golden * (high - low));
                atRight = Value(right);
            }
        }

        double found = (low + high) / 2;
        return found - _least < 1e-3 || _most - found < 1e-3 ? null : Math.Exp(found);
    }
}
