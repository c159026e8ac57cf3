using System.Globalization;

namespace Rift.Mdp;

/// <summary>A kernel that stores every T(s'|s,a), zeros included: for small models and for models where most transitions are possible.</summary>
/// <remarks>Memory 8 S A S bytes; E and E* cost O(S A S). A row of zeros is an action that is not available.</remarks>
public sealed class DenseKernel : StoredKernel
{
    /// <summary>A kernel from its table.</summary>
    /// <param name="states">Number of states S.</param>
    /// <param name="actions">Number of actions A.</param>
    /// <param name="probabilities">T(s'|s,a) at index <c>(s * A + a) * S + s'</c>: S A S numbers, copied.</param>
    /// <exception cref="ArgumentException">The number of entries is not S A S.</exception>
    /// <exception cref="InvalidModelException">A probability is negative or not a number, a row does not sum to one, or a state has no action.</exception>
    public DenseKernel(int states, int actions, ReadOnlySpan<double> probabilities)
        : base(Stored(states, actions, probabilities))
    {
    }

    /// <summary>The same dynamics as another kernel, stored densely.</summary>
    /// <param name="kernel">The dynamics.</param>
    /// <exception cref="ArgumentException">S A S exceeds what one array can hold.</exception>
    public static DenseKernel From(TransitionKernel kernel)
    {
        long entries = (long)Require.NotNull(kernel).States * kernel.Actions * kernel.States;
        if (entries > Array.MaxLength)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"found {entries} entries, expected at most {Array.MaxLength}"), nameof(kernel));
        double[] probabilities = new double[entries];
        for (int s = 0; s < kernel.States; s++)
            for (int a = 0; a < kernel.Actions; a++)
                kernel.AddRow(s, a, 1, probabilities.AsSpan(((s * kernel.Actions) + a) * kernel.States, kernel.States));
        return new DenseKernel(kernel.States, kernel.Actions, probabilities);
    }

    private static DenseRows Stored(int states, int actions, ReadOnlySpan<double> probabilities)
    {
        Require.Length(probabilities.Length, (long)Require.Positive(states, nameof(states)) * Require.Positive(actions, nameof(actions)) * states, nameof(probabilities));
        DenseRows rows = new(states, actions);
        for (int s = 0; s < states; s++)
        {
            bool any = false;
            for (int a = 0; a < actions; a++)
            {
                ReadOnlySpan<double> row = probabilities.Slice(((s * actions) + a) * states, states);
                foreach (double p in row) RowSum.RequireProbability(p, s, a);
                if (!row.ContainsAnyExcept(0.0)) continue;
                RowSum.Require(row, s, a);
                any = true;
                for (int next = 0; next < states; next++) rows[s, a, next] = row[next];
            }

            RowSum.RequireAction(any, s);
        }

        return rows;
    }
}
