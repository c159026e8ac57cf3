namespace Rift.Mdp;

/// <summary>The soft backup of one state: V = alpha log sum_a exp(Q(a)/alpha + l(a)), the hard maximum at alpha = 0.</summary>
/// <remarks>
/// Spans in, numbers out; lengths are the caller's affair. The largest available Q is taken out before the division by alpha, so that what is
/// exponentiated carries the rounding of differences of Q and not of Q itself. An empty base measure is l = 0; l = -inf marks an action that is not available.
/// </remarks>
internal static class SoftBackup
{
    /// <summary>The value of a state.</summary>
    internal static double Value(ReadOnlySpan<double> q, ReadOnlySpan<double> logBase, double temperature)
    {
        double best = Best(q, logBase);
        if (temperature == 0) return best;
        double max = double.NegativeInfinity, sum = 0;
        for (int a = 0; a < q.Length; a++) max = Math.Max(max, Scaled(q, logBase, temperature, best, a));
        for (int a = 0; a < q.Length; a++) sum += Math.Exp(Scaled(q, logBase, temperature, best, a) - max);
        return best + (temperature * (max + Math.Log(sum)));
    }

    /// <summary>log pi(a) = Q(a)/alpha + l(a) minus the log-sum of exactly these; at alpha = 0 uniform over the actions within <paramref name="tieTolerance"/> of the best.</summary>
    internal static void LogPolicy(ReadOnlySpan<double> q, ReadOnlySpan<double> logBase, double temperature, double tieTolerance, Span<double> logPolicy)
    {
        double best = Best(q, logBase);
        if (temperature == 0)
        {
            for (int a = 0; a < q.Length; a++) logPolicy[a] = IsAvailable(logBase, a) ? q[a] : double.NegativeInfinity;
            Ties.Uniform(logPolicy, tieTolerance, logPolicy);
            return;
        }

        for (int a = 0; a < q.Length; a++) logPolicy[a] = Scaled(q, logBase, temperature, best, a);
        LogSumExp.Normalise(logPolicy);
    }

    /// <summary>
    /// A bound of the rounding error of <see cref="Value"/>, for Q exact: the errors of the scaled differences weighted by the policy (the gradient of the
    /// log-sum), one roundoff for each exponential, A for the sum, the logarithm and the last three operations. Zero at alpha = 0, where nothing is rounded.
    /// </summary>
    internal static double RoundingBound(ReadOnlySpan<double> q, ReadOnlySpan<double> logBase, double temperature)
    {
        if (temperature == 0) return 0;
        double best = Best(q, logBase), max = double.NegativeInfinity, sum = 0, weighted = 0;
        for (int a = 0; a < q.Length; a++) max = Math.Max(max, Scaled(q, logBase, temperature, best, a));
        for (int a = 0; a < q.Length; a++)
        {
            double y = Scaled(q, logBase, temperature, best, a);
            if (Math.Exp(y - max) is not (double weight and > 0)) continue;
            sum += weight;
            weighted += weight * ((2 * (best - q[a])) + (temperature * (Math.Abs(y) + (max - y))));
        }

        double logSum = Math.Log(sum);
        return Rounding.SecondOrder * Rounding.Unit
            * ((weighted / sum) + (temperature * (q.Length + 4 + (2 * logSum) + (2 * Math.Abs(max + logSum)))) + Math.Abs(best + (temperature * (max + logSum))));
    }

    /// <summary>A bound of the rounding error of any log pi(a) that is above the logarithm of the smallest double, for Q exact.</summary>
    internal static double LogPolicyRoundingBound(ReadOnlySpan<double> q, ReadOnlySpan<double> logBase, ReadOnlySpan<double> logPolicy, double temperature)
    {
        if (temperature == 0) return 0;
        double best = Best(q, logBase), worst = 0;
        for (int a = 0; a < q.Length; a++)
        {
            if (!IsAvailable(logBase, a)) continue;
            double y = Scaled(q, logBase, temperature, best, a);
            worst = Math.Max(worst, (2 * (best - q[a]) / temperature) + Math.Abs(y) + (2 * Math.Abs(logPolicy[a])));
        }

        return Rounding.SecondOrder * ((Rounding.Unit * worst) + (RoundingBound(q, logBase, temperature) / temperature));
    }

    /// <summary>The largest Q of an available action.</summary>
    internal static double Best(ReadOnlySpan<double> q, ReadOnlySpan<double> logBase)
    {
        double best = double.NegativeInfinity;
        for (int a = 0; a < q.Length; a++)
            if (q[a] > best && IsAvailable(logBase, a)) best = q[a];
        return best;
    }

    private static bool IsAvailable(ReadOnlySpan<double> logBase, int action) => logBase.IsEmpty || logBase[action] != double.NegativeInfinity;

    private static double Scaled(ReadOnlySpan<double> q, ReadOnlySpan<double> logBase, double temperature, double best, int action) =>
        logBase.IsEmpty ? (q[action] - best) / temperature
        : logBase[action] == double.NegativeInfinity ? double.NegativeInfinity
        : ((q[action] - best) / temperature) + logBase[action];
}
