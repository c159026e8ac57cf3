using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Rift.Mdp;

/// <summary>The dense linear algebra of MathNet.Numerics: LU with partial pivoting, and the door for its users.</summary>
internal sealed class DenseLu
{
    private readonly LU<double> _factors;
    private readonly LU<double> _transposed;

    /// <summary>Factorises I - M.</summary>
    /// <param name="matrix">M, n x n row by row.</param>
    /// <param name="n">The size.</param>
    internal DenseLu(double[] matrix, int n)
    {
        Matrix<double> system = DenseMatrix.Create(n, n, (i, j) => (i == j ? 1 : 0) - matrix[(i * n) + j]);
        _factors = system.LU();
        _transposed = system.Transpose().LU();
    }

    internal void Solve(Span<double> x) => Solve(_factors, x);

    internal void SolveTransposed(Span<double> x) => Solve(_transposed, x);

    private static void Solve(LU<double> factors, Span<double> x) =>
        factors.Solve(Vector<double>.Build.DenseOfArray(x.ToArray())).AsArray().CopyTo(x);
}

/// <summary>From the toolkit's tables to the matrices of MathNet.Numerics.</summary>
public static class MathNetExtensions
{
    /// <summary>The table as an S x A matrix, copied.</summary>
    /// <param name="table">The table, S x A.</param>
    public static Matrix<double> ToMatrix(this StateActionTable table) =>
        DenseMatrix.Create(Require.NotNull(table).States, table.Actions, (s, a) => table[s, a]);
}
