namespace Rift.Theory;

/// <content>The imitation objective and its derivatives with respect to the implicit reward; Theorem A.1, Lemma A.5.</content>
public static partial class Literal
{
    /// <summary>Psi = sum_s rho*(s) KL(pi*(s) || pihat(s)) (9).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logExpert">log pi*, S x A.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    public static T Psi<T>(LiteralProblem<T> problem, T[,] logExpert, T[,] logCandidate)
        where T : struct, IReal<T>
    {
        T[] rho = StateVisitation(problem, logExpert);
        T[,] expert = Probabilities(logExpert);
        return Dense.Sum(problem.States, s => rho[s] > T.Zero ? rho[s] * Expectation(expert, s, a => logExpert[s, a] - logCandidate[s, a]) : T.Zero);
    }

    /// <summary>grad Psi = (mu^pihat - mu*) / alpha (10).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logExpert">log pi*, S x A.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    public static T[,] Gradient<T>(LiteralProblem<T> problem, T[,] logExpert, T[,] logCandidate)
        where T : struct, IReal<T>
    {
        T[,] expert = Occupancy(problem, logExpert), candidate = Occupancy(problem, logCandidate);
        return Dense.Table(problem.States, problem.Actions, (s, a) => (candidate[s, a] - expert[s, a]) / problem.Temperature);
    }

    /// <summary>W[(s,a),(s',a')] = T(s'|s,a) pihat(a'|s') (56), SA x SA.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    public static T[,] W<T>(LiteralProblem<T> problem, T[,] logCandidate)
        where T : struct, IReal<T>
    {
        int actions = problem.Actions, pairs = problem.States * actions;
        T[,] policy = Probabilities(logCandidate);
        return Dense.Table(pairs, pairs, (i, j) => problem.Kernel[i / actions, i % actions, j / actions] * policy[j / actions, j % actions]);
    }

    /// <summary>gamma W x, S x A: a term of the Neumann series of J x (63) from the one before.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    /// <param name="x">x, S x A.</param>
    public static T[,] Step<T>(LiteralProblem<T> problem, T[,] logCandidate, T[,] x)
        where T : struct, IReal<T>
    {
        T[,] policy = Probabilities(logCandidate);
        T[] averages = Dense.Vector(problem.States, s => Expectation(policy, s, a => x[s, a]));
        return Dense.Table(problem.States, problem.Actions, (s, a) => problem.Discount * Dense.Sum(problem.States, next => problem.Kernel[s, a, next] * averages[next]));
    }

    /// <summary>J = (I - gamma W)^-1 (58), SA x SA: row i is d Qhat_i / d rhat.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    public static T[,] J<T>(LiteralProblem<T> problem, T[,] logCandidate)
        where T : struct, IReal<T>
    {
        T[,] w = W(problem, logCandidate);
        return Dense.Inverse(Dense.IdentityMinus(w.GetLength(0), (i, j) => problem.Discount * w[i, j]));
    }

    /// <summary>J x from (I - gamma W) J x = x, S x A.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    /// <param name="direction">The direction x of the reward, S x A.</param>
    public static T[,] JTimes<T>(LiteralProblem<T> problem, T[,] logCandidate, T[,] direction)
        where T : struct, IReal<T>
    {
        int actions = problem.Actions;
        T[,] w = W(problem, logCandidate);
        T[] image = Dense.Solve(Dense.IdentityMinus(w.GetLength(0), (i, j) => problem.Discount * w[i, j]), Dense.Vector(w.GetLength(0), i => direction[i / actions, i % actions]));
        return Dense.Table(problem.States, actions, (s, a) => image[(s * actions) + a]);
    }

    /// <summary>The derivative of Psi along a direction of the reward, by solving in dual numbers: the left side of Theorem 5.1.</summary>
    /// <param name="problem">The candidate's problem.</param>
    /// <param name="logExpert">The comparison policy, held fixed.</param>
    /// <param name="direction">x, S x A.</param>
    public static T PsiDerivative<T>(LiteralProblem<T> problem, T[,] logExpert, T[,] direction)
        where T : struct, IReal<T>
    {
        LiteralProblem<Dual<T>> moving = problem.Along(direction);
        return Psi(moving, Constant(logExpert), Optimum(moving).LogPolicy).Derivative;
    }

    /// <summary>The Hessian of Psi, SA x SA: the gradient (10) of the re-solved problem, differentiated by dual numbers, one column a pair.</summary>
    /// <param name="problem">The candidate's problem.</param>
    /// <param name="logExpert">The comparison policy, held fixed.</param>
    public static T[,] Hessian<T>(LiteralProblem<T> problem, T[,] logExpert)
        where T : struct, IReal<T>
    {
        int actions = problem.Actions, pairs = problem.States * actions;
        Dual<T>[][,] columns = Dense.Vector(pairs, j =>
        {
            LiteralProblem<Dual<T>> moving = problem.Along(Dense.Table(problem.States, actions, (s, a) => (s * actions) + a == j ? T.One : T.Zero));
            return Gradient(moving, Constant(logExpert), Optimum(moving).LogPolicy);
        });
        return Dense.Table(pairs, pairs, (i, j) => columns[j][i / actions, i % actions].Derivative);
    }

    /// <summary>alpha/(1 - gamma) Psi, the divergence term of Theorem A.1: J_ME(pi*|rhat) = sum_s d(s) Vhat(s) minus this.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logExpert">log pi*, S x A.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    public static T DivergenceTerm<T>(LiteralProblem<T> problem, T[,] logExpert, T[,] logCandidate)
        where T : struct, IReal<T> =>
        problem.Temperature / (T.One - problem.Discount) * Psi(problem, logExpert, logCandidate);

    /// <summary>(1/alpha) sum_s varphi(s) (rho^pihat(s) - rho*(s)) (79).</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="logExpert">log pi*, S x A.</param>
    /// <param name="logCandidate">log pihat, S x A.</param>
    /// <param name="varphi">varphi, S entries: an intervention that depends on the state alone.</param>
    public static T LemmaA5<T>(LiteralProblem<T> problem, T[,] logExpert, T[,] logCandidate, T[] varphi)
        where T : struct, IReal<T>
    {
        T[] expert = StateVisitation(problem, logExpert), candidate = StateVisitation(problem, logCandidate);
        return Dense.Sum(problem.States, s => varphi[s] * (candidate[s] - expert[s])) / problem.Temperature;
    }

    /// <summary>The table as dual numbers that do not move.</summary>
    internal static Dual<T>[,] Constant<T>(T[,] table)
        where T : struct, IReal<T> =>
        Dense.Table(table.GetLength(0), table.GetLength(1), (i, j) => new Dual<T>(table[i, j], T.Zero));
}
