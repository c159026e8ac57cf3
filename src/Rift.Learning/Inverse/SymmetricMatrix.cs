using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Factorization;

namespace Rift.Learning;

/// <summary>Small symmetric matrices: as many rows as a reward has parameters. MathNet.Numerics does the work.</summary>
internal static class SymmetricMatrix
{
    /// <summary>Eigenvalues in ascending order, and in the columns the orthonormal eigenvectors.</summary>
    internal static (double[] Values, double[,] Vectors) Eigen(double[,] symmetric)
    {
        Evd<double> found = DenseMatrix.OfArray(symmetric).Evd(Symmetricity.Symmetric);
        return ([.. found.EigenValues.Select(value => value.Real)], found.EigenVectors.ToArray());
    }

    /// <summary>B^T M B.</summary>
    internal static double[,] Congruent(double[,] symmetric, double[,] basis)
    {
        Matrix<double> b = DenseMatrix.OfArray(basis), product = b.TransposeThisAndMultiply(DenseMatrix.OfArray(symmetric) * b);
        return ((product + product.Transpose()) / 2).ToArray();
    }

    /// <summary>B (B^T M B)^-1 B^T for an M that is positive definite along B; null where it is not, as far as doubles can tell, or B has no column.</summary>
    internal static double[,]? InverseWithin(double[,] symmetric, double[,] basis)
    {
        if (basis.GetLength(1) == 0) return null;
        double[,] inner = Congruent(symmetric, basis);
        (double[] values, double[,] vectors) = Eigen(inner);
        if (!(values[0] > Negligible * values[^1])) return null;
        Matrix<double> directions = DenseMatrix.OfArray(basis) * DenseMatrix.OfArray(vectors);
        return (directions * DiagonalMatrix.OfDiagonal(values.Length, values.Length, values.Select(value => 1 / value)) * directions.Transpose()).ToArray();
    }

    /// <summary>An eigenvalue that is this much smaller than the largest one may be rounding.</summary>
    internal const double Negligible = 1e-14;

    /// <summary>M x.</summary>
    internal static double[] Times(double[,] matrix, double[] x) => (DenseMatrix.OfArray(matrix) * DenseVector.OfArray(x)).ToArray();

    /// <summary>M^T x.</summary>
    internal static double[] TransposedTimes(double[,] matrix, double[] x) => DenseMatrix.OfArray(matrix).TransposeThisAndMultiply(DenseVector.OfArray(x)).ToArray();

    /// <summary>x^T y.</summary>
    internal static double Dot(double[] x, double[] y)
    {
        double sum = 0;
        for (int i = 0; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }
}
