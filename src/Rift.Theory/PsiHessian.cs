using Rift.Mdp;

namespace Rift.Theory;

/// <summary>The second derivative of Psi with respect to the implicit reward, as a linear map on S x A tables.</summary>
/// <remarks>
/// <para>Along a direction h the policy moves by <c>d pi = pi A / alpha</c>, with A the advantage of pihat for the reward h without entropy. The occupancy follows:
/// <c>d mu = (x pi + mu A) / alpha</c> where <c>x (I - gamma P_pi) = gamma E*(mu A)</c>. The Hessian is d mu / alpha: two linear solves of size S, on a
/// factorisation that serves every direction.</para>
/// <para>Quadratic form: <c>(1/alpha^2) E_mu[A^2]</c>, the variance of Q_h under the policy in the states that it visits. It is the Fisher information of pihat, does not depend
/// on the expert, and vanishes along shaping. Immutable.</para>
/// </remarks>
public sealed class PsiHessian
{
    private readonly MarkovDecisionProcess _mdp;
    private readonly DiscountedSolve _solve;
    private readonly Jacobian _jacobian;
    private readonly Visitation _visitation;
    private readonly double _rowError;

    /// <summary>The Hessian at a policy.</summary>
    /// <param name="mdp">The process; its reward does not matter.</param>
    /// <param name="candidate">pihat, the soft optimum of the implicit reward.</param>
    /// <param name="temperature">alpha, positive.</param>
    public PsiHessian(MarkovDecisionProcess mdp, Policy candidate, double temperature)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(temperature);
        _mdp = mdp;
        Temperature = temperature;
        _solve = new DiscountedSolve(mdp, candidate);
        _jacobian = new Jacobian(mdp, candidate);
        _visitation = Visitation.Of(mdp, candidate, _solve);
        _rowError = RoundingOf.RowSumError(candidate);
    }

    /// <summary>alpha.</summary>
    public double Temperature { get; }

    /// <summary>The Hessian times a direction, S x A.</summary>
    /// <param name="direction">The direction x of the reward, S x A.</param>
    public StateActionTable Apply(StateActionTable direction) => Product(direction).Result;

    /// <summary>A bound of the error of <see cref="Apply"/> in the 1-norm, for the policy given.</summary>
    /// <param name="direction">The direction x of the reward, S x A.</param>
    public double ErrorBound(StateActionTable direction) => Product(direction).Error;

    /// <summary>The second derivative of Psi between two directions: (1/alpha^2) sum_s,a mu(s,a) A_x(s,a) A_y(s,a), for the policy given.</summary>
    /// <param name="x">A direction of the reward, S x A.</param>
    /// <param name="y">Another one.</param>
    public CertifiedNumber Curvature(StateActionTable x, StateActionTable y)
    {
        (StateActionTable ofX, double errorOfX) = Advantage(x);
        (StateActionTable ofY, double errorOfY) = Advantage(y);
        double most = ofX.MaxAbs() * ofY.MaxAbs(), scale = Temperature * Temperature;
        double error = (errorOfX * ofY.MaxAbs()) + (errorOfY * ofX.MaxAbs()) + (errorOfX * errorOfY) + (most * (_visitation.PairsErrorBound + (Rounding.Unit * (ofX.Entries.Length + 6))));
        return new CertifiedNumber(_visitation.Pairs.InnerProduct(ofX.Zip(ofY, (a, b) => a * b)) / scale, Rounding.SecondOrder * error / scale);
    }

    /// <summary>All entries, SA x SA: one product for each pair.</summary>
    public double[,] ToMatrix()
    {
        int pairs = _mdp.States * _mdp.Actions;
        double[,] matrix = new double[pairs, pairs];
        for (int j = 0; j < pairs; j++)
        {
            StateActionTable column = Apply(Directions.Coordinate(_mdp, j));
            for (int i = 0; i < pairs; i++) matrix[i, j] = column[i];
        }

        return matrix;
    }

    private (StateActionTable Result, double Error) Product(StateActionTable direction)
    {
        (StateActionTable advantage, double advantageError) = Advantage(direction);
        StateActionTable shift = _visitation.Pairs.Zip(advantage, (m, a) => m * a);
        double mass = shift.Map(Math.Abs).Sum();
        double shiftError = (advantage.MaxAbs() * _visitation.PairsErrorBound) + (advantageError * (1 + _visitation.PairsErrorBound)) + (2 * Rounding.Unit * mass);
        double[] arriving = Array.ConvertAll(_mdp.Kernel.Push(shift), x => _mdp.Discount * x);
        double arrivingError = _mdp.Discount * (((1 + _mdp.Kernel.RowSumError) * shiftError) + (mass * (_mdp.Kernel.RowSumError + (Rounding.Unit * (_mdp.Kernel.LargestColumn + 3)))));
        CertifiedVector states = _solve.SolveTransposed(arriving, Rounding.SecondOrder * arrivingError);
        double scale = Temperature * Temperature;
        StateActionTable result = StateActionTable.Create(_mdp.States, _mdp.Actions, (s, a) => ((states.Values[s] * _jacobian.Policy.Probability(s, a)) + shift[s, a]) / scale);
        double moved = states.Values.Sum(Math.Abs);
        double error = states.ErrorBound + shiftError + (moved * ((2 * _rowError) + (4 * Rounding.Unit))) + (3 * Rounding.Unit * mass);
        return (result, Rounding.SecondOrder * error / scale);
    }

    /// <summary>A_h and a bound of the error of its entries: that of J h twice over, for the state's average is taken off, and the rounding of that average.</summary>
    private (StateActionTable Advantage, double Error) Advantage(StateActionTable direction)
    {
        StateActionTable advantage = _jacobian.Advantage(direction);
        double size = 2 * _jacobian.Apply(direction).MaxAbs();
        return (advantage, Rounding.SecondOrder * ((4 * _jacobian.ErrorBound(direction)) + (size * ((2 * _rowError) + (8 * Rounding.Unit)))));
    }
}
