namespace Rift.Mdp;

/// <summary>A way for a product to end: with probability <c>product_k f_k(c_k, b_k)</c> the components c under their actions b lead to the end.</summary>
/// <remarks>
/// Several ways may lead to one end; their probabilities are added. Events of one component are expectations of indicators under its own kernel,
/// <c>factor.Kernel.Expect(indicator)</c>, or any table of probabilities that the component's state and action decide.
/// </remarks>
public sealed class KroneckerEnd
{
    /// <summary>A way to an end.</summary>
    /// <param name="end">The number of the end, from 0.</param>
    /// <param name="probabilities">f_k for each component in turn: (n_k + m_k) x A_k, or n_k x A_k; rows of states that are not live are not used.</param>
    public KroneckerEnd(int end, params IReadOnlyList<StateActionTable> probabilities)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(end);
        End = end;
        Probabilities = [.. Require.NotNull(probabilities)];
    }

    /// <summary>The number of the end.</summary>
    public int End { get; }

    /// <summary>f_k(c_k, b_k) for each component.</summary>
    public IReadOnlyList<StateActionTable> Probabilities { get; }

    /// <summary>The ways to end 0 of a product that ends as soon as one of its components does: component t ends, those before it go on, those after it do anything. None where no component has ends.</summary>
    /// <param name="factors">The components, in the order of the product.</param>
    public static IReadOnlyList<KroneckerEnd> AsSoonAsOneEnds(IReadOnlyList<KroneckerFactor> factors)
    {
        Require.NotNull(factors);
        List<KroneckerEnd> ways = [];
        for (int t = 0; t < factors.Count; t++)
            if (factors[t].Live < factors[t].Kernel.States)
                ways.Add(new KroneckerEnd(0, [.. factors.Select((factor, k) => k < t ? Reached(factor, 0, factor.Live) : k == t ? Reached(factor, factor.Live, factor.Kernel.States) : Reached(factor, 0, factor.Kernel.States))]));
        return ways;
    }

    private static StateActionTable Reached(KroneckerFactor factor, int from, int to)
    {
        double[] indicator = new double[factor.Kernel.States];
        indicator.AsSpan(from..to).Fill(1);
        return factor.Kernel.Expect(indicator);
    }
}
