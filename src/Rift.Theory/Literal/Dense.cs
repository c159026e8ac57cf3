namespace Rift.Theory;

/// <summary>Sums, tables and linear systems over any number type, in their plainest form.</summary>
internal static class Dense
{
    /// <summary>sum_i term(i), from 0 up.</summary>
    internal static T Sum<T>(int count, Func<int, T> term)
        where T : struct, IReal<T>
    {
        T sum = T.Zero;
        for (int i = 0; i < count; i++) sum += term(i);
        return sum;
    }

    /// <summary>(entry(0), ..., entry(count - 1)).</summary>
    internal static T[] Vector<T>(int count, Func<int, T> entry)
    {
        T[] vector = new T[count];
        for (int i = 0; i < count; i++) vector[i] = entry(i);
        return vector;
    }

    /// <summary>entry(i, j), row by row.</summary>
    internal static T[,] Table<T>(int rows, int columns, Func<int, int, T> entry)
    {
        T[,] table = new T[rows, columns];
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                table[i, j] = entry(i, j);
        return table;
    }

    /// <summary>The identity matrix minus a matrix given by its entries.</summary>
    internal static T[,] IdentityMinus<T>(int size, Func<int, int, T> entry)
        where T : struct, IReal<T> =>
        Table(size, size, (i, j) => (i == j ? T.One : T.Zero) - entry(i, j));

    /// <summary>x of A x = b.</summary>
    internal static T[] Solve<T>(T[,] matrix, T[] right)
        where T : struct, IReal<T>
    {
        T[,] solution = Solve(matrix, Table(right.Length, 1, (i, _) => right[i]));
        return Vector(right.Length, i => solution[i, 0]);
    }

    /// <summary>A^-1.</summary>
    internal static T[,] Inverse<T>(T[,] matrix)
        where T : struct, IReal<T> =>
        Solve(matrix, Table(matrix.GetLength(0), matrix.GetLength(0), (i, j) => i == j ? T.One : T.Zero));

    /// <summary>X of A X = B by Gaussian elimination with partial pivoting, O(n^3). Neither argument is changed.</summary>
    private static T[,] Solve<T>(T[,] matrix, T[,] right)
        where T : struct, IReal<T>
    {
        T[,] a = (T[,])matrix.Clone(), x = (T[,])right.Clone();
        int size = a.GetLength(0), columns = x.GetLength(1);
        for (int k = 0; k < size; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < size; i++)
                if (Math.Abs(a[i, k].ToDouble()) > Math.Abs(a[pivot, k].ToDouble())) pivot = i;
            for (int j = 0; j < size; j++) (a[k, j], a[pivot, j]) = (a[pivot, j], a[k, j]);
            for (int j = 0; j < columns; j++) (x[k, j], x[pivot, j]) = (x[pivot, j], x[k, j]);
            for (int i = k + 1; i < size; i++)
            {
                T factor = a[i, k] / a[k, k];
                for (int j = k + 1; j < size; j++) a[i, j] -= factor * a[k, j];
                for (int j = 0; j < columns; j++) x[i, j] -= factor * x[k, j];
            }
        }

        for (int k = size - 1; k >= 0; k--)
        {
            for (int c = 0; c < columns; c++)
            {
                for (int j = k + 1; j < size; j++) x[k, c] -= a[k, j] * x[j, c];
                x[k, c] /= a[k, k];
            }
        }

        return x;
    }
}
