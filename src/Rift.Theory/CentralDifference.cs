using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Central differences with their error: (f(h) - f(-h)) / 2h errs by at most h^2/6 max|f'''| (Taylor) plus the error of f over h.</summary>
internal static class CentralDifference
{
    // The largest third central moment of a variable on an interval of length 1: 1 / (6 sqrt 3), attained by two points.
    private const double ThirdMoment = 0.09622504486493764;

    /// <summary>The step that balances truncation against the noise of f, at most 1.</summary>
    internal static double Step(double thirdDerivative, double noise) => Math.Min(1, Math.Cbrt(3 * noise / thirdDerivative));

    /// <summary>The error bound for a step.</summary>
    internal static double Bound(double thirdDerivative, double noise, double step) =>
        Rounding.SecondOrder * ((thirdDerivative * step * step / 6) + (noise / step));

    /// <summary>|d^3/dt^3 alpha log sum exp((q + t x)/alpha)| for |x| at most 1: the third cumulant of x over alpha^2.</summary>
    internal static double ThirdDerivativeOfLogSum(double temperature) => 8 * ThirdMoment / temperature / temperature;

    /// <summary>A step, and a bound of |d^3 V / dt^3| that holds all along it, for the soft-optimal values of a reward r + t x.</summary>
    /// <param name="mdp">The process.</param>
    /// <param name="temperature">alpha.</param>
    /// <param name="spread">z at t = 0: see <see cref="Spread"/>.</param>
    /// <param name="noise">The noise of the differenced function, in units in which its third derivative is that of V.</param>
    /// <remarks>
    /// Let G = dQ/dt and z half its largest range within a state. Under the policy, V' = E G; V'' = gamma E V'' + Var(G)/alpha; V''' = gamma E V''' + 3 Cov(G, Q'')/alpha +
    /// kappa_3(G)/alpha^2. Var is at most z^2, so V'' lies between 0 and z^2/(alpha (1-gamma)), and Q'' = gamma E V'' between 0 and gamma times that; |Cov(G, Q'')|
    /// is at most z times half the range of Q''; kappa_3 at most (2z)^3/(6 sqrt 3). z itself grows no faster than half the range of Q'', z' at most k z^2 with
    /// k = gamma/(2 alpha (1-gamma)): within a step h it stays below z/(1 - k z h), at most 2z for h up to 1/(2 k z).
    /// </remarks>
    internal static (double Step, double ThirdDerivative) AlongReward(MarkovDecisionProcess mdp, double temperature, double spread, double noise)
    {
        double growth = mdp.Discount / (2 * temperature * (1 - mdp.Discount)) * spread;
        double step = Math.Min(Step(ThirdDerivativeOfValues(mdp, temperature, spread), noise), 1 / (2 * growth));
        return (step, ThirdDerivativeOfValues(mdp, temperature, spread / (1 - (growth * step))));
    }

    /// <summary>Half the largest range of J x over the actions of a state, its error included.</summary>
    internal static double Spread(MarkovDecisionProcess mdp, Jacobian jacobian, StateActionTable direction)
    {
        StateActionTable slope = jacobian.Apply(direction);
        double spread = 0;
        for (int s = 0; s < mdp.States; s++)
        {
            double least = double.PositiveInfinity, most = double.NegativeInfinity;
            for (int a = 0; a < mdp.Actions; a++)
            {
                if (!mdp.IsAvailable(s, a)) continue;
                least = Math.Min(least, slope[s, a]);
                most = Math.Max(most, slope[s, a]);
            }

            spread = Math.Max(spread, (most - least) / 2);
        }

        return spread + jacobian.ErrorBound(direction);
    }

    private static double ThirdDerivativeOfValues(MarkovDecisionProcess mdp, double temperature, double spread)
    {
        double second = spread * spread / temperature / (1 - mdp.Discount);
        return ((8 * ThirdMoment * spread * spread * spread / temperature / temperature) + (1.5 * spread * mdp.Discount * second / temperature)) / (1 - mdp.Discount);
    }
}
