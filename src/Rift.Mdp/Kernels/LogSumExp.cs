namespace Rift.Mdp;

/// <summary>log sum exp with the maximum taken out, so that nothing overflows and nothing that matters underflows.</summary>
internal static class LogSumExp
{
    /// <summary>log sum_i exp(x_i); negative infinity for no terms or only terms of negative infinity.</summary>
    internal static double Of(ReadOnlySpan<double> x)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (double xi in x) max = Math.Max(max, xi);
        if (double.IsInfinity(max)) return max;
        foreach (double xi in x) sum += Math.Exp(xi - max);
        return max + Math.Log(sum);
    }
}
