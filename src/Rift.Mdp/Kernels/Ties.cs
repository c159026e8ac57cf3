namespace Rift.Mdp;

/// <summary>The uniform log-policy over the entries that tie for the largest.</summary>
internal static class Ties
{
    internal static void Uniform(ReadOnlySpan<double> scores, double tolerance, Span<double> logPolicy)
    {
        double max = double.NegativeInfinity;
        foreach (double x in scores) max = Math.Max(max, x);
        int tied = 0;
        foreach (double x in scores)
            if (x >= max - tolerance) tied++;
        double log = -Math.Log(tied);
        for (int a = 0; a < scores.Length; a++) logPolicy[a] = scores[a] >= max - tolerance ? log : double.NegativeInfinity;
    }
}
