namespace Rift.Mdp;

/// <summary>The norms of <see cref="ErrorNorm"/>.</summary>
internal static class ErrorNorms
{
    /// <summary>The norm of a vector; not a number where an entry is not.</summary>
    internal static double Of(this ErrorNorm norm, ReadOnlySpan<double> x)
    {
        double result = 0;
        if (norm == ErrorNorm.Sum)
            foreach (double entry in x) result += Math.Abs(entry);
        else
            foreach (double entry in x) result = Math.Max(result, Math.Abs(entry));
        return result;
    }
}
