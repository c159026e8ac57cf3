namespace Rift.Mdp;

/// <summary>M is the diagonal (Jacobi), and P_pi is never stored: for kernels that compute their transitions.</summary>
internal sealed class DiagonalSplitting : Splitting
{
    private readonly double[] _diagonal;

    internal DiagonalSplitting(PolicyKernel chain, int threads)
        : base(chain, threads)
    {
        _diagonal = new double[chain.Kernel.States];
        for (int s = 0; s < _diagonal.Length; s++)
        {
            double stay = 0;
            ReadOnlySpan<double> probabilities = chain.Probabilities(s);
            for (int a = 0; a < probabilities.Length; a++)
                if (probabilities[a] > 0) stay += probabilities[a] * chain.Kernel.Staying(s, a);
            _diagonal[s] = 1 - (chain.Discount * stay);
        }
    }

    internal override void Sweep(double[] residual, double[] step, double[] rest, bool transposed, WorkCrew? crew)
    {
        for (int s = 0; s < step.Length; s++) step[s] = residual[s] / _diagonal[s];
        Residual(residual, step, rest, transposed, crew);
    }

    internal override void Residual(double[] b, double[] x, double[] residual, bool transposed, WorkCrew? crew) => Chain.Residual(b, x, residual, transposed);

    internal override int Roundings(bool transposed) => Chain.Roundings(transposed);

    internal override void Arrange(ReadOnlySpan<double> states, Span<double> arranged) => states.CopyTo(arranged);

    internal override void Restore(ReadOnlySpan<double> arranged, Span<double> states) => arranged.CopyTo(states);
}
