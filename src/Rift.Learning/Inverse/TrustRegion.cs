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
        double[] Shifted(double shift) => [.. along.Select((g, i) => g == 0 ? 0 : g / (values[i] + shift))];
        double Length(double[] z) => Math.Sqrt(SymmetricMatrix.Dot(z, z));
        bool isConcave = values[0] > 0;
        double decrement = isConcave ? Math.Sqrt(SymmetricMatrix.Dot(along, Shifted(0))) : double.PositiveInfinity;
        double[] inner = isConcave ? Shifted(0) : [];
        bool isNewton = isConcave && Length(inner) <= radius;
        if (!isNewton)
        {
            // The length falls with the shift: from above the radius at the pole, if the gradient has a part there, to below it.
            double low = Math.Max(0, -values[0]), high = low + (Length(along) / radius) + double.Epsilon;
            for (int i = 0; i < MostBisections && high - low > 1e-12 * high; i++)
            {
                double middle = low + ((high - low) / 2);
                if (Length(Shifted(middle)) > radius) low = middle;
                else high = middle;
            }

            inner = Shifted(high);
            // The hard case: the step along the least curved direction that fills the region, to the side the gradient points to.
            double missing = (radius * radius) - SymmetricMatrix.Dot(inner, inner);
            if (values[0] < 0 && missing > 1e-8 * radius * radius) inner[0] += (along[0] < 0 ? -1 : 1) * Math.Sqrt(missing);
        }

        double gain = 0;
        for (int i = 0; i < inner.Length; i++) gain += (along[i] * inner[i]) - (values[i] * inner[i] * inner[i] / 2);
        return (SymmetricMatrix.Times(vectors, inner), gain, isNewton, decrement);
    }
}
