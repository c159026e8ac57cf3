using Rift.Mdp;

namespace Rift.Theory;

/// <summary>Solves H x = b for a positive semidefinite H that is known by its products (Hestenes and Stiefel 1952).</summary>
internal static class ConjugateGradients
{
    private const double RelativeResidual = 1e-4;

    /// <summary>An x for which H x is b up to rounding, as far as b lies in the range of H: it has no part along the directions in which H is flat.</summary>
    /// <param name="product">H.</param>
    /// <param name="right">b.</param>
    /// <param name="scale">Non-negative weights that H is roughly proportional to, entry by entry: the preconditioner. Where it is zero, x is.</param>
    internal static StateActionTable Solve(Func<StateActionTable, StateActionTable> product, StateActionTable right, StateActionTable scale)
    {
        StateActionTable Precondition(StateActionTable r) => r.Zip(scale, (x, w) => w > 0 ? x / w : 0);
        StateActionTable solution = StateActionTable.Constant(right.States, right.Actions, 0), residual = right, scaled = Precondition(right), direction = scaled;
        double size = residual.InnerProduct(scaled), target = RelativeResidual * RelativeResidual * size;
        for (int i = 0; i < 2 * right.Entries.Length && size > target; i++)
        {
            StateActionTable image = product(direction);
            double curvature = direction.InnerProduct(image);
            if (!(curvature > 0)) break;
            double step = size / curvature;
            solution += step * direction;
            residual -= step * image;
            scaled = Precondition(residual);
            double next = residual.InnerProduct(scaled);
            direction = scaled + ((next / size) * direction);
            size = next;
        }

        return solution;
    }
}
