namespace Rift.Mdp;

/// <summary>log sum exp with the maximum taken out, so that nothing overflows and nothing that matters underflows.</summary>
internal static class LogSumExp
{
    /// <summary>Takes log sum_i exp(x_i) off every entry, so that the exponentials sum to one; false where no entry is above negative infinity, and nothing was done.</summary>
    /// <remarks>The maximum goes first and the logarithm of the rest after it: in one step, a large part common to all entries would swallow the digits of the logarithm.</remarks>
    internal static bool Normalise(Span<double> x)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (double xi in x) max = Math.Max(max, xi);
        if (double.IsNegativeInfinity(max)) return false;
        for (int i = 0; i < x.Length; i++) sum += Math.Exp(x[i] -= max);
        double log = Math.Log(sum);
        for (int i = 0; i < x.Length; i++) x[i] -= log;
        return true;
    }
}
