using System.Globalization;
using Rift.Mdp;

namespace Rift.Theory;

/// <summary>A number of a counterexample as it was printed, and as it is computed here.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Computed">Computed, with its bound.</param>
/// <param name="Printed">As printed: its last digit counts, so 0.90 is not 0.9.</param>
public sealed record PublishedNumber(string Name, CertifiedNumber Computed, decimal Printed)
{
    /// <summary>States that both agree: within half a unit of the last printed digit and the bound of the computed number.</summary>
    public Identity Identity => Identity.Of(Computed.Value, (double)Printed, Computed.ErrorBound + HalfUnit);

    private double HalfUnit => 0.5 * Math.Pow(10, -Printed.Scale);

    /// <summary>States that the printed number agrees with one computed in double-double.</summary>
    internal Identity IdentityExtended((DoubleDouble Value, double Error) computed) =>
        Identity.Extended(computed.Value, DoubleDouble.Parse(Printed.ToString(CultureInfo.InvariantCulture)), computed.Error + HalfUnit);
}
