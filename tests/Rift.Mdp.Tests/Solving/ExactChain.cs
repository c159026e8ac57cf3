namespace Rift.Mdp.Tests;

/// <summary>The chain of a deterministic policy in exact fractions.</summary>
internal static class ExactChain
{
    /// <summary>I - gamma P as fractions, for the rows as stored or divided by their sums.</summary>
    internal static Rational[,] System(MarkovDecisionProcess mdp, int[] chosen, bool normalised = false)
    {
        Rational[,] system = new Rational[mdp.States, mdp.States];
        for (int s = 0; s < mdp.States; s++)
        {
            for (int next = 0; next < mdp.States; next++) system[s, next] = s == next ? 1.0 : 0.0;
            Rational sum = mdp.Kernel.Successors(s, chosen[s]).Aggregate((Rational)0.0, (total, next) => total + next.Probability);
            foreach (Successor next in mdp.Kernel.Successors(s, chosen[s]))
                system[s, next.State] -= (Rational)mdp.Discount * next.Probability / (normalised ? sum : 1.0);
        }

        return system;
    }

    /// <summary>The transposed matrix.</summary>
    internal static Rational[,] Transposed(Rational[,] matrix)
    {
        int n = matrix.GetLength(0);
        Rational[,] result = new Rational[n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++) result[i, j] = matrix[j, i];
        return result;
    }
}
