namespace Rift.Learning;

/// <summary>The step that a quadratic model promises most for, among those of bounded length (Moré and Sorensen 1983), in coordinates in which length means what the data can tell apart.</summary>
internal static class TrustRegion
{
    private const int MostBisections = 200;

    /// <summary>Maximises g z - z H z / 2 over |z| at most the radius, for symmetric H of any sign.</summary>
    /// <param name="gradient">g.</param>
    /// <param name="curvature">H.</param>
    /// <param name="radius">Positive.</param>
    /// <returns>The step, what the model promises for it, whether it is Newton's full step, and there the decrement sqrt(g H^-1 g), else positive infinity.</returns>
    internal static (double[] Step, double Gain, bool IsNewton, double Decrement) Step(double[] gradient, double[,] curvature, double radius)
    {
        (double[] values, double[,] vectors) = SymmetricMatrix.Eigen(curvature);
        double[] along = SymmetricMatrix.TransposedTimes(vectors, gradient);
        double pole = Math.Max(0, -values[0]);
        double[] Beyond(double shift) => [.. along.Select((g, i) => g == 0 ? 0 : g / (values[i] + pole + shift))];
        double Length(double[] z) => Math.Sqrt(SymmetricMatrix.Dot(z, z));
        bool isConcave = values[0] > 0;
        double[] inner = isConcave ? Beyond(0) : [];
        double decrement = isConcave ? Math.Sqrt(SymmetricMatrix.Dot(along, inner)) : double.PositiveInfinity;
        bool isNewton = isConcave && Length(inner) <= radius;
        if (!isNewton)
        {
            // The length falls with the shift beyond the pole: from above the radius, if the gradient has a part there, to below it. Counted from the pole, a small shift keeps its digits.
            double low = 0, high = (Length(along) / radius) + double.Epsilon;
            for (int i = 0; i < MostBisections && high - low > 1e-12 * high; i++)
            {
                double middle = low + ((high - low) / 2);
                if (Length(Beyond(middle)) > radius) low = middle;
                else high = middle;
            }

            inner = Beyond(high);
            // The hard case: what is missing of the radius goes along the least curved direction, to the side the gradient points to.
            double others = SymmetricMatrix.Dot(inner, inner) - (inner[0] * inner[0]);
            if (values[0] < 0) inner[0] = (along[0] < 0 ? -1 : 1) * Math.Sqrt(Math.Max(0, (radius * radius) - others));
        }

        double gain = 0;
        for (int i = 0; i < inner.Length; i++) gain += (along[i] * inner[i]) - (values[i] * inner[i] * inner[i] / 2);
        return (SymmetricMatrix.Times(vectors, inner), gain, isNewton, decrement);
    }
}
