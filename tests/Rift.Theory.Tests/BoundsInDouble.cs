using Rift.Mdp;

namespace Rift.Theory.Tests;

/// <summary>What the bounds of the statements add up to on the fast path: the errors that each analysis names, counted anew part by part.</summary>
/// <remarks>Certificates, and the shared bounds of <see cref="RoundingOf"/>, are taken as they are. Draws are those of a stream with seed 1.</remarks>
internal sealed class BoundsInDouble(SolvedScenario solved)
{
    private const double Unit = Rounding.Unit, More = Rounding.SecondOrder;

    private readonly SplittableRandom _random = new(1);
    private readonly Scenario _scenario = solved.Scenario;
    private readonly MarkovDecisionProcess _mdp = solved.Mdp;
    private readonly double _alpha = solved.Temperature, _discount = solved.Mdp.Discount, _horizon = 1 / (1 - solved.Mdp.Discount);
    private readonly int _pairs = solved.Mdp.States * solved.Mdp.Actions;

    /// <summary>The bounds of the parts of a statement, in their order.</summary>
    public double[] Of(string id) =>
    [
        .. id switch
        {
            "1" => DiscountedReturn(),
            "3" => PolicyEvaluation(),
            "4" => VisitationRecursion(),
            "5" => _scenario.Omegas.Select(ResidualDecomposition),
            "7" => PriorInterventionCost(),
            "13" => [More * (Expert.HalfWidth + Expert.QRadius + Bijection.ValueRounding(_scenario.Expert, solved.Expert.Q))],
            "15" => RewardOfQ(),
            "16" => [More * (Expert.HalfWidth + Expert.QRadius + (_alpha * Expert.LogPolicyRadius) + (Unit * ((3 * _alpha * Log(solved.Expert.Policy)) + Largest(solved.Expert.Values))))],
            "17" => RewardOfPolicy(),
            "S3.3" => [More * ((Unit * ((2 * _mdp.Actions) + 8 + (4 * (Log(_scenario.Policy) - Math.Log(1e-280))))) + RoundingOf.RowSumError(_scenario.Policy))],
            "4.1" => _scenario.Omegas.SelectMany(Theorem41),
            "5.1" => Coordinates.Select(Theorem51),
            "S5.1" => ExactResidual(),
            "S5.3" => Enumerable.Repeat(More * (OccupancyErrors + (4 * Unit * (_pairs + 4))), 4),
            "A.1" => TheoremA1(),
            "A.2" => Coordinates.Select(LemmaA2),
            "A.3" => Coordinates.Select(LemmaA3),
            "63" => NeumannSeries(Directions.Signs(_mdp, _random)),
            "69" => Coordinates.Select(ChainRule),
            "A.4" => LemmaA4(Directions.Signs(_mdp, _random)),
            "A.5" => LemmaA5(),
            "F1" => ConvexityOfPsi(),
            "F2" => HessianOfPsi(),
            "F3" => SmoothnessOfPsi(),
            "F4" => LineCondition(),
            "F5" => MonotoneInKlWeight(),
            "F6" => MatchingTheorem(),
            "F7" => LexicographicLimit(),
            "F8" => ZeroResidual(),
            "F9" => CompositionOfRounds(),
            "F10" => PretrainedOnInterventions(),
            "F11" => _scenario.Omegas.SelectMany(UniformPrior),
            "F12" => TerminationSurplus(),
            "F13" => [TwoNear(policy => PolicyValue.Of(new SoftProblem(_mdp, 0), policy))],
            "F14" => [TwoNear(policy => PolicyValue.Of(new SoftProblem(_mdp.WithReward(Zero), 1), policy))],
            "F15" => ReturnShortfall(),
            _ => throw new ArgumentException($"found the statement {id}, expected one whose errors are counted here", nameof(id)),
        },
    ];

    private Certificate Expert => solved.Expert.Certificate;

    private Certificate Candidate => solved.Candidate.Certificate;

    private double RhoError => solved.Imitation.ExpertVisitation.States.ErrorBound;

    private double OccupancyErrors => solved.CandidateVisitation.PairsErrorBound + solved.Imitation.ExpertVisitation.PairsErrorBound;

    private StateActionTable Zero => StateActionTable.Constant(_mdp.States, _mdp.Actions, 0);

    private IEnumerable<StateActionTable> Coordinates =>
        Enumerable.Range(0, _pairs).Where(pair => _mdp.IsAvailable(pair / _mdp.Actions, pair % _mdp.Actions)).Select(pair => Directions.Coordinate(_mdp, pair));

    private IEnumerable<double> DiscountedReturn()
    {
        Policy policy = _scenario.Policy;
        double[] pays = new double[_mdp.States], errors = new double[_mdp.States];
        for (int s = 0; s < _mdp.States; s++)
        {
            foreach (int a in Taken(policy, s))
            {
                double p = policy.Probability(s, a), log = -policy.LogProbability(s, a);
                pays[s] += p * (_mdp.Reward[s, a] + (_alpha * log));
                // A product, a difference and a sum over the actions, and the rounding of p relative to its logarithm.
                errors[s] += p * (Math.Abs(_mdp.Reward[s, a]) + (_alpha * log)) * (_mdp.Actions + 5 + log);
            }
        }

        double range = pays.Max() - pays.Min(), size = Largest(pays);
        double steps = Math.Ceiling(Math.Log(Unit * size / range) / Math.Log(_discount));
        double step = new DiscountedSolve(_mdp, policy).RowError + (Unit * (_pairs + 4));
        double cut = Math.Pow(_discount, steps) * _horizon * range / 2, sums = Unit * (steps + _mdp.States + 8) * size * _horizon, drift = (step + Unit) * size * _horizon * _horizon;
        return [More * (Objective.MaximumEntropy(_mdp, policy, _alpha).ErrorBound + cut + sums + drift + (_horizon * More * Unit * errors.Max()))];
    }

    private IEnumerable<double> PolicyEvaluation()
    {
        Policy policy = _scenario.Policy;
        PolicyValue value = PolicyValue.Of(_scenario.Candidate, policy);
        double average = Enumerable.Range(0, _mdp.States).Max(s => Taken(policy, s).Sum(a =>
            policy.Probability(s, a) * (Math.Abs(value.Q[s, a]) - (_alpha * policy.LogProbability(s, a))) * (_mdp.Actions + 4 - policy.LogProbability(s, a))));
        return [More * (value.Values.ErrorBound + (_discount * value.Values.ErrorBound) + RoundingOf.Expectation(_mdp, Largest(value.Values.Values), _mdp.Reward.MaxAbs()) + (Unit * average))];
    }

    private IEnumerable<double> VisitationRecursion()
    {
        DiscountedSolve solve = new(_mdp, _scenario.Policy);
        double weight = Enumerable.Repeat(_discount, 20).Aggregate(1 - _discount, (product, factor) => product * factor);
        CertifiedVector rest = solve.SolveTransposed(Array.ConvertAll(Visitation.PerStep(_mdp, _scenario.Policy, 21)[20], p => weight * p));
        double step = solve.RowError + (More * Unit * (_pairs + 64));
        return [More * (Visitation.Of(_mdp, _scenario.Policy).States.ErrorBound + rest.ErrorBound + (20 * step))];
    }

    private double ResidualDecomposition(double scale)
    {
        StateActionTable priorReward = Bijection.RewardOf(_scenario.Candidate, _scenario.Prior, _scenario.Potential.ToArray());
        double priorQ = Bijection.QOf(_scenario.Candidate, _scenario.Prior, _scenario.Potential.ToArray()).MaxAbs(), log = _alpha * Log(_scenario.Prior);
        StateActionTable reward = (scale * priorReward) + _scenario.ResidualReward;
        SoftSolution residual = SolvedScenario.Solve(SoftProblem.ResidualQLearning(_mdp, _scenario.Prior, _scenario.ResidualReward, _alpha, scale)), whole = Anew(reward, _alpha);
        double ofReward = (scale * RoundingOf.ShapedReward(_mdp, log, Largest(_scenario.Potential))) + (3 * Unit * reward.MaxAbs()) + (3 * Unit * scale * priorReward.MaxAbs());
        double ofDifference = Unit * (whole.Q.MaxAbs() + (6 * scale * priorQ) + (4 * scale * log));
        return More * (residual.Certificate.QRadius + whole.Certificate.QRadius + (ofReward * _horizon) + ofDifference);
    }

    private IEnumerable<double> PriorInterventionCost()
    {
        StateActionTable gap = QGapRule.Gap(solved.Expert, ExpertReading.Mode);
        foreach (StateActionTable phi in _scenario.Thresholds.Select(threshold => QGapRule.Interventions(gap, threshold)))
            foreach (double weight in _scenario.Omegas)
                yield return Objective.Intervention(_mdp, _scenario.Prior, _scenario.Prior, phi, weight).ErrorBound + PolicyValue.Of(new SoftProblem(_mdp.WithReward(-phi), 0), _scenario.Prior).Objective.ErrorBound;
    }

    private IEnumerable<double> RewardOfQ()
    {
        StateActionTable q = solved.Expert.Q;
        double size = Largest(Bijection.ValuesOf(_scenario.Expert, q)), ofValues = Expert.QRadius + Bijection.ValueRounding(_scenario.Expert, q);
        return [More * (Expert.QRadius + (_discount * ofValues) + RoundingOf.Expectation(_mdp, size, q.MaxAbs()))];
    }

    private IEnumerable<double> RewardOfPolicy()
    {
        SoftSolution back = Anew(Bijection.RewardOf(_scenario.Candidate, _scenario.Prior, _scenario.Potential.ToArray()), _alpha);
        double inReward = RoundingOf.ShapedReward(_mdp, _alpha * Log(_scenario.Prior), Largest(_scenario.Potential)) + (_alpha * RoundingOf.RowSumError(_scenario.Prior));
        return [More * (back.Certificate.HalfWidth + (_horizon * inReward)), More * (back.Certificate.LogPolicyRadius + (2 * _horizon * inReward / _alpha))];
    }

    private IEnumerable<double> Theorem41(double weight)
    {
        SoftSolution tuned = Tuned(_scenario.Prior, _scenario.ResidualReward, weight);
        double best = OfObjective(tuned);
        double ValueError(Policy policy) => Objective.FineTuning(_mdp, policy, _scenario.Prior, _scenario.ResidualReward, weight).ErrorBound;
        yield return ValueError(tuned.Policy) + (weight * _horizon * tuned.Certificate.LogPolicyRadius) + best;
        foreach (double distance in new[] { 1, 0.1, 0.01, 0.001 })
            yield return ValueError(Policy.Softmax(tuned.Policy.LogProbabilities.Map(log => log + (distance * _random.NextNormal())))) + best;
        yield return ValueError(_scenario.Policy) + best;
        yield return ValueError(solved.Expert.Policy) + best;
    }

    private double Theorem51(StateActionTable direction)
    {
        // Psi answers to a reward with at most 2/alpha, and is (1 - gamma)/alpha V plus an affine function.
        double rewardRounding = 2 * Unit * (_mdp.Reward.MaxAbs() + 1) / _alpha, scale = (1 - _discount) / _alpha;
        (double step, double third) = CentralDifference.AlongReward(_mdp, _alpha, CentralDifference.Spread(_mdp, solved.Jacobian, direction), (solved.Psi.ErrorBound + rewardRounding) / scale);
        CertifiedNumber[] psi = [.. new[] { step, -step }.Select(t => PsiOf(Solve(_mdp.Reward + (t * direction), _alpha)))];
        double noise = psi.Max(x => x.ErrorBound) + rewardRounding + (Unit * psi[0].Value);
        return (More * ((scale * third * step * step / 6) + (noise / step))) + solved.GradientErrorBound;
    }

    private IEnumerable<double> ExactResidual()
    {
        StateActionTable expected = _mdp.Kernel.Expect(_scenario.Potential.ToArray());
        StateActionTable residual = StateActionTable.Create(_mdp.States, _mdp.Actions, (s, a) =>
            (_alpha * (solved.Expert.Policy.LogProbability(s, a) - _scenario.Prior.LogProbability(s, a))) + ((_discount * expected[s, a]) - _scenario.Potential[s]));
        double logs = (_alpha * Log(solved.Expert.Policy)) + (_alpha * Log(_scenario.Prior));
        double inReward = RoundingOf.ShapedReward(_mdp, logs, Largest(_scenario.Potential)) + (_alpha * RoundingOf.RowSumError(solved.Expert.Policy));
        return [More * (Tuned(_scenario.Prior, residual, _alpha).Certificate.LogPolicyRadius + (2 / _alpha * _horizon * inReward))];
    }

    private IEnumerable<double> TheoremA1()
    {
        // alpha/(1 - gamma) Psi: four operations, then the difference, which rounds by no more than its two terms together.
        double scale = _alpha * _horizon, divergence = scale * (solved.Psi.ErrorBound + (4 * Unit * solved.Psi.Value)), difference = Unit * (Math.Abs(solved.Candidate.Objective) + (scale * solved.Psi.Value));
        return [More * (Objective.MaximumEntropy(_mdp, solved.Expert.Policy, _alpha).ErrorBound + divergence + OfObjective(solved.Candidate) + difference)];
    }

    private double LemmaA2(StateActionTable direction)
    {
        StateActionTable q = solved.Candidate.Q;
        double third = CentralDifference.ThirdDerivativeOfLogSum(_alpha) / _alpha, logRounding = More * Bijection.LogPolicyRounding(_scenario.Candidate, q), shift = 2 * Unit * (q.MaxAbs() + 1) / _alpha;
        CertifiedNumber PsiAt(double t) => solved.Imitation.Psi(Bijection.PolicyOf(_scenario.Candidate, q + (t * direction)), logRounding);
        double step = CentralDifference.Step(third, PsiAt(0).ErrorBound + shift);
        double noise = Math.Max(PsiAt(step).ErrorBound, PsiAt(-step).ErrorBound) + shift + (Unit * PsiAt(step).Value);
        double gradient = RhoError + RhoError + logRounding + (Unit * (_pairs + 8));
        return More * (CentralDifference.Bound(third, noise, step) + (gradient / _alpha));
    }

    private double LemmaA3(StateActionTable direction)
    {
        double rewardRounding = Unit * (_mdp.Reward.MaxAbs() + 1) * _horizon;
        (double step, double third) = CentralDifference.AlongReward(_mdp, _alpha, CentralDifference.Spread(_mdp, solved.Jacobian, direction), Candidate.QRadius + rewardRounding);
        SoftSolution[] moved = [.. new[] { step, -step }.Select(t => Solve(_mdp.Reward + (t * direction), _alpha))];
        double noise = moved.Max(x => x.Certificate.QRadius) + rewardRounding + (Unit * moved[0].Q.MaxAbs());
        return More * (CentralDifference.Bound(third, noise, step) + ((Math.Exp(Candidate.LogPolicyRadius) - 1) * _horizon * _horizon) + solved.Jacobian.ErrorBound(direction));
    }

    private IEnumerable<double> NeumannSeries(StateActionTable direction)
    {
        double reach = _discount * _horizon, perStep = RowErrors + (Unit * (_mdp.Kernel.LargestRow + _mdp.Actions + 6)), error = 0;
        StateActionTable term = direction, sum = direction;
        double Range() => RoundingOf.Available(_mdp, term).Max() - RoundingOf.Available(_mdp, term).Min();
        while (reach * Range() > Unit * sum.MaxAbs())
        {
            error += (reach * perStep * term.MaxAbs()) + (Unit * sum.MaxAbs());
            double[] averages = [.. Enumerable.Range(0, _mdp.States).Select(s => Enumerable.Range(0, _mdp.Actions).Sum(a => solved.Candidate.Policy.Probability(s, a) * term[s, a]))];
            term = _discount * _mdp.Kernel.Expect(averages);
            sum += term;
        }

        yield return More * (error + (reach * Range() / 2) + solved.Jacobian.ErrorBound(direction) + (4 * Unit * _horizon));
        yield return More * (error + (4000 * _discount * Unit));
    }

    private double ChainRule(StateActionTable direction)
    {
        double logs = Unit * 2 * (_pairs + 8 + Log(solved.Candidate.Policy) + Log(solved.Expert.Policy)), image = solved.Jacobian.Apply(direction).MaxAbs();
        return More / _alpha * (OccupancyErrors + logs + (2 * solved.Jacobian.ErrorBound(direction)) + (image * 2 * RhoError) + (image * logs));
    }

    private IEnumerable<double> LemmaA4(StateActionTable direction)
    {
        double terms = Math.Ceiling(Math.Log(Unit) / Math.Log(_discount)), perStep = RowErrors + (Unit * (_mdp.Kernel.LargestColumn + 6));
        yield return More * (solved.CandidateVisitation.PairsErrorBound + Math.Pow(_discount, terms) + (perStep * _horizon) + (Unit * (terms + 4)));
        double start = solved.Jacobian.Apply(direction).MaxAbs() * (RowErrors + (Unit * (_pairs + 8)));
        yield return More * (solved.CandidateVisitation.Average(direction).ErrorBound + ((solved.Jacobian.ErrorBound(direction) + start) / _horizon));
    }

    private IEnumerable<double> LemmaA5()
    {
        double rows = RoundingOf.RowSumError(solved.Candidate.Policy) + RoundingOf.RowSumError(solved.Expert.Policy), left = OccupancyErrors + (2 * Unit * (_pairs + 4));
        double right = More * (solved.CandidateVisitation.States.ErrorBound + RhoError + (2 * Unit * (_mdp.States + 3)));
        return [More / _alpha * (left + rows + right)];
    }

    private IEnumerable<double> ConvexityOfPsi()
    {
        StateActionTable here = _mdp.Reward, there = _scenario.ExpertReward;
        SoftSolution middle = Solve(0.5 * (here + there), _alpha);
        double scale = (1 - _discount) / _alpha, largest = here.MaxAbs() + there.MaxAbs(), psi = solved.Psi.ErrorBound, radius = Expert.LogPolicyRadius;
        double OfF(SoftSolution solution) => scale * (OfObjective(solution) + (4 * Unit * Math.Abs(solution.Objective)));
        double sums = 4 * Unit * ((scale * Math.Abs(solved.Candidate.Objective)) + (scale * Math.Abs(solved.Expert.Objective)) + (largest / _alpha)), rewardRounding = 4 * Unit * largest / _alpha;
        Visitation visits = solved.Imitation.ExpertVisitation;
        Policy expert = solved.Expert.Policy;
        double logActions = Math.Log(_mdp.Actions);
        double entropies = Unit * Enumerable.Range(0, _mdp.States).Sum(s => visits.States.Values[s] * Taken(expert, s).Sum(a =>
            expert.Probability(s, a) * -expert.LogProbability(s, a) * (4 + _mdp.States + _mdp.Actions - expert.LogProbability(s, a))));
        double entropy = More * ((RhoError * logActions) + entropies + RoundingOf.RowSumError(expert) + (RoundingOf.RowSumError(expert) * logActions));
        yield return More * (psi + OfF(solved.Candidate) + (visits.Average(here).ErrorBound / _alpha) + entropy + sums);
        yield return More * (psi + OfF(solved.Candidate) + OfF(solved.Expert) + (visits.Average(here - there).ErrorBound / _alpha) + radius + rewardRounding + sums);
        yield return More * (PsiOf(middle).ErrorBound + psi + solved.Imitation.Psi(expert, radius).ErrorBound + rewardRounding + (Unit * solved.Psi.Value));
    }

    private IEnumerable<double> HessianOfPsi()
    {
        PsiHessian hessian = new(_mdp, solved.Candidate.Policy, _alpha);
        StateActionTable[] directions = [Directions.Of(_mdp, _random)[0], Directions.Signs(_mdp, _random), Directions.Signs(_mdp, _random)];
        for (int i = 0; i < directions.Length; i++)
        {
            StateActionTable x = directions[i], y = directions[(i + 1) % directions.Length];
            yield return More * (hessian.Curvature(x, y).ErrorBound + hessian.ErrorBound(y) + (Unit * (_pairs + 2) * hessian.Apply(y).Map(Math.Abs).Sum()));
        }

        foreach (StateActionTable x in directions)
        {
            // Q_x is centred at its first available action; a variance is at most twice a square, and sums of squares round as many times as they have terms.
            StateActionTable q = solved.Jacobian.Apply(x);
            double Deviation(int s, int a) => Math.Abs(q[s, a] - q[s, Enumerable.Range(0, _mdp.Actions).First(b => _mdp.IsAvailable(s, b))]);
            double size = Enumerable.Range(0, _mdp.States).Max(s => Taken(solved.Candidate.Policy, s).Max(a => Deviation(s, a))), ofQ = solved.Jacobian.ErrorBound(x) + (Unit * size);
            double rows = 8 * RoundingOf.RowSumError(solved.Candidate.Policy), sums = 4 * Unit * (_mdp.Actions + _mdp.States + 8);
            double variance = (size * size * (solved.CandidateVisitation.States.ErrorBound + rows + sums)) + (4 * ofQ * size) + (4 * ofQ * ofQ);
            yield return More * (hessian.Curvature(x, x).ErrorBound + (variance / (_alpha * _alpha)));
        }

        foreach (StateActionTable x in directions)
        {
            double spread = CentralDifference.Spread(_mdp, solved.Jacobian, x), rewardRounding = Unit * (_mdp.Reward.MaxAbs() + 1) * _horizon / (_alpha * _alpha), noise = solved.GradientErrorBound + rewardRounding;
            (double most, double third) = CentralDifference.AlongReward(_mdp, _alpha, spread, noise);
            double thirdOfPsi = third * (1 - _discount) / _alpha, step = Math.Min(most, Math.Sqrt(2 * noise / thirdOfPsi));
            (double Value, double Error) Slope(double t)
            {
                SoftSolution moved = Solve(_mdp.Reward + (t * x), _alpha);
                CertifiedNumber rate = Visitation.Of(_mdp, moved.Policy).Average(x);
                return (rate.Value / _alpha, (rate.ErrorBound + ((Math.Exp(moved.Certificate.LogPolicyRadius) - 1) * _horizon)) / _alpha);
            }

            double measured = Math.Max(Slope(step).Error, Slope(-step).Error) + rewardRounding + (Unit * Math.Abs(Slope(step).Value));
            double drift = Math.Exp(Candidate.LogPolicyRadius) - 1, ofMu = drift * _horizon, ofAdvantage = 3 * drift * _horizon * _horizon;
            double exactness = ((4 * spread * spread * ofMu) + (4 * spread * ofAdvantage) + (ofAdvantage * ofAdvantage)) / (_alpha * _alpha);
            yield return More * ((thirdOfPsi * step / 2) + (measured / step) + exactness + hessian.Curvature(x, x).ErrorBound);
        }
    }

    private IEnumerable<double> SmoothnessOfPsi()
    {
        StateActionTable phi = Supervisors.Random(_mdp, _random);
        StepCertificate certificate = StepCertificate.Of(solved.Imitation, solved.CandidateVisitation, phi, _alpha);
        double[] steps = [Math.Max(certificate.BestStep, _alpha / 100), _alpha * Math.Pow(10, _random.NextDouble(-2, 1))];
        foreach (StateActionTable h in new[] { Directions.Signs(_mdp, _random), phi })
        {
            foreach (Policy policy in new[] { solved.Candidate.Policy, _scenario.Policy })
            {
                CertifiedNumber square = Visitation.Of(_mdp, policy).Average(h.Map(x => x * x));
                yield return new PsiHessian(_mdp, policy, 1).Curvature(h, h).ErrorBound + (More * _horizon * (square.ErrorBound + (4 * Unit * square.Value)));
            }
        }

        foreach (double step in steps)
        {
            CertifiedNumber psi = PsiOf(Solve(_mdp.Reward - (step * phi), _alpha));
            double drift = step * (Math.Exp(Candidate.LogPolicyRadius) - 1) * _horizon / _alpha;
            double rounding = Unit * ((2 * _mdp.Reward.MaxAbs() / _alpha) + (12 * step / _alpha) + psi.Value + (4 * Math.Abs(certificate.LargestChange(step))));
            yield return More * (psi.ErrorBound + solved.Psi.ErrorBound + drift + rounding);
        }
    }

    private IEnumerable<double> LineCondition()
    {
        StateActionTable phi = Supervisors.Random(_mdp, _random);
        double expert = solved.Imitation.ExpertVisitation.Average(phi).ErrorBound;
        double[] steps = [0, 0.3, 1, 3];
        List<LinePoint> points = [];
        foreach (double step in steps) points.Add(LinePoint.At(solved.Imitation, _scenario.Prior, phi, _alpha, _alpha * step, points.LastOrDefault()));
        for (int i = 0; i < points.Count; i++)
        {
            for (int j = i + 1; j < points.Count; j++)
            {
                double rates = Math.Max(points[i].Rate.ErrorBound, points[j].Rate.ErrorBound) + expert + (4 * Unit), psi = points[i].Psi.ErrorBound + points[j].Psi.ErrorBound;
                yield return More * (psi + ((steps[j] - steps[i]) * rates) + (Unit * (points[i].Psi.Value + points[j].Psi.Value)));
                yield return points[i].Rate.ErrorBound + points[j].Rate.ErrorBound;
            }
        }
    }

    private IEnumerable<double> MonotoneInKlWeight()
    {
        Policy expert = solved.Expert.Policy.Mode();
        Imitation imitation = new(_mdp, expert);
        StateActionTable stopped = QGapRule.Interventions(QGapRule.Gap(solved.Expert, ExpertReading.Mode), _scenario.Thresholds[0]);
        foreach (StateActionTable phi in new[] { Supervisors.SelfConsistent(_mdp, expert, _random), stopped.Zip(expert.LogProbabilities, (x, log) => double.IsNegativeInfinity(log) ? x : 0) })
        {
            LinePoint? near = null;
            double[] weights = [0.03, 0.2, 1, 5], errors = [.. weights.Select(weight => (near = LinePoint.At(imitation, _scenario.Prior, phi, weight, 1, near)).Psi.ErrorBound), imitation.Psi(_scenario.Prior).ErrorBound];
            for (int i = 1; i < errors.Length; i++) yield return errors[i - 1] + errors[i];
        }
    }

    private IEnumerable<double> CompositionOfRounds()
    {
        StateActionTable first = _scenario.ResidualReward, second = -Supervisors.Random(_mdp, _random);
        double Bound(StateActionTable[] rewards, SoftSolution once, double size)
        {
            Policy policy = _scenario.Prior;
            List<double> radii = [];
            foreach (SoftSolution tuned in rewards.Select(reward => Tuned(policy, reward, _alpha)))
            {
                policy = tuned.Policy;
                radii.Add(tuned.Certificate.LogPolicyRadius);
            }

            // Every round but the last is an error of the prior of the next.
            double earlier = radii.SkipLast(1).Sum() + (2 * Unit * size / _alpha);
            return More * (radii[^1] + once.Certificate.LogPolicyRadius + (2 * _horizon * earlier));
        }

        yield return Bound([first, second], Tuned(_scenario.Prior, first + second, _alpha), first.MaxAbs() + second.MaxAbs());
        yield return Bound([first, first, first], Tuned(_scenario.Prior, first, _alpha / 3), 3 * first.MaxAbs());
    }

    private IEnumerable<double> PretrainedOnInterventions()
    {
        StateActionTable residual = -Supervisors.Random(_mdp, _random);
        Policy uniform = Policy.Uniform(_mdp.Kernel);
        SoftSolution pretrained = Tuned(uniform, residual, _alpha);
        foreach (double weight in _scenario.Omegas)
        {
            double lower = weight * _alpha / (weight + _alpha), earlier = pretrained.Certificate.LogPolicyRadius + (3 * Unit * residual.MaxAbs() / lower);
            yield return More * (Tuned(pretrained.Policy, residual, weight).Certificate.LogPolicyRadius + Tuned(uniform, residual, lower).Certificate.LogPolicyRadius + (2 * _horizon * earlier));
        }
    }

    private IEnumerable<double> MatchingTheorem()
    {
        StateActionTable phi = Theory.MatchingTheorem.Supervisor(solved, _random);
        LinePoint root = Theory.MatchingTheorem.Meeting(solved, phi);
        CertifiedNumber expert = solved.Imitation.ExpertVisitation.Average(phi);
        double mismatch = Math.Abs(root.Rate.Value - expert.Value) + root.Rate.ErrorBound + expert.ErrorBound;
        foreach (double step in new[] { 0, root.Step / 2, (2 * root.Step) + 0.1 })
            yield return More * ((mismatch * Math.Abs(step - root.Step)) + root.Psi.ErrorBound + LinePoint.At(solved.Imitation, _scenario.Prior, phi, 1, step, root).Psi.ErrorBound);
    }

    private IEnumerable<double> LexicographicLimit()
    {
        Policy prior = _scenario.Prior;
        StateActionTable phi = Theory.LexicographicLimit.WithFreeActions(_mdp, _random), free = prior.LogProbabilities.Zip(phi, (log, x) => x == 0 ? log : double.NegativeInfinity);
        SoftSolution limit = SolvedScenario.Solve(new SoftProblem(_mdp.WithReward(Zero), 1, free));
        double least = phi.Entries.ToArray().Where(x => x != 0).Min(), cost = limit.Values.ToArray().Max(v => -v), radius = limit.Certificate.LogPolicyRadius;
        double logs = limit.Policy.LogProbabilities.Entries.ToArray().Where(double.IsFinite).Max(Math.Abs);
        foreach (double digits in new[] { Math.Log(1e3), Math.Log(1e15) })
        {
            double rate = _horizon * Enumerable.Range(0, _mdp.States).Max(s =>
                Taken(prior, s).Where(a => phi[s, a] != 0).Sum(a => prior.Probability(s, a)) * Math.Exp(-limit.Values[s] - (digits + cost)));
            double rounding = (Unit * 2 * logs) + (2 * rate * ((Unit * (digits + cost + _mdp.Actions + 8)) + limit.Certificate.HalfWidth));
            yield return More * (Tuned(prior, -phi, least / (digits + cost)).Certificate.LogPolicyRadius + radius + rounding + (2 * _horizon * RoundingOf.RowSumError(prior)));
        }

        yield return More * (radius + radius);
    }

    private IEnumerable<double> ZeroResidual()
    {
        double rows = 2 * _horizon * RoundingOf.RowSumError(_scenario.Prior);
        foreach (MarkovDecisionProcess process in new[] { _mdp, Termination.Of(_mdp, Supervisors.Random(_mdp, _random)) })
        {
            Policy prior = process == _mdp ? _scenario.Prior : Termination.Extended(_scenario.Prior);
            Certificate tuned = SolvedScenario.Solve(SoftProblem.ResidualQLearning(process, prior, StateActionTable.Constant(process.States, process.Actions, 0), _alpha)).Certificate;
            yield return More * (Math.Max(tuned.HalfWidth / _alpha, tuned.LogPolicyRadius) + rows);
        }

        yield return Objective.FineTuning(_mdp, _scenario.Policy, _scenario.Prior, Zero, _alpha).ErrorBound;
    }

    private IEnumerable<double> UniformPrior(double weight)
    {
        double[] rewards = RoundingOf.Available(_mdp, _scenario.ResidualReward);
        double most = (rewards.Max() - rewards.Min()) / weight * _horizon;
        SoftSolution tuned = Tuned(_scenario.Prior, _scenario.ResidualReward, weight);
        double rounding = 4 * Unit * (Log(_scenario.Prior) + (tuned.Q.MaxAbs() / weight) + most);
        foreach (int _ in Enumerable.Range(0, _mdp.States)) yield return More * ((2 * tuned.Certificate.LogPolicyRadius) + (2 * RoundingOf.RowSumError(_scenario.Prior)) + rounding);

        Policy uniform = Policy.Uniform(_mdp.Kernel);
        double[] logActions = [.. Enumerable.Range(0, _mdp.States).Select(s => Math.Log(Taken(uniform, s).Count()))];
        StateActionTable shifted = StateActionTable.Create(_mdp.States, _mdp.Actions, (s, a) => _scenario.ResidualReward[s, a] - (weight * logActions[s]));
        double inReward = (Unit * ((3 * shifted.MaxAbs() / weight) + (6 * Largest(logActions)) + 2)) + RoundingOf.RowSumError(uniform);
        yield return More * (Tuned(uniform, _scenario.ResidualReward, weight).Certificate.LogPolicyRadius + Anew(shifted, weight).Certificate.LogPolicyRadius + (2 * _horizon * inReward));
    }

    private IEnumerable<double> TerminationSurplus()
    {
        StateActionTable phi = Supervisors.Random(_mdp, _random);
        MarkovDecisionProcess ending = Termination.Of(_mdp, phi);
        foreach (double surplus in new[] { 0.5, -0.2 })
        {
            double level = surplus * _horizon * _alpha;
            StateActionTable raised = _scenario.Prior.LogProbabilities.Map(log => log + surplus);
            Certificate truncated = SolvedScenario.Solve(new SoftProblem(_mdp.WithReward(Zero), _alpha, raised)).Certificate;
            Certificate terminated = SolvedScenario.Solve(new SoftProblem(
                ending.WithReward(StateActionTable.Constant(ending.States, ending.Actions, 0)), _alpha, Termination.Extended(raised, double.NegativeInfinity))).Certificate;
            SoftSolution penalised = SolvedScenario.Solve(SoftProblem.ResidualQLearning(
                ending, Termination.Extended(_scenario.Prior), Termination.Extended(-_discount * level * phi, 0), _alpha));
            double perStep = (Unit * (Log(_scenario.Prior) + 1)) + RoundingOf.RowSumError(_scenario.Prior) + (6 * Unit * Math.Abs(level) / _alpha) + (4 * ending.Kernel.RowSumError * Math.Abs(level) / _alpha);
            double error = _horizon * perStep, last = 2 * Unit * penalised.Values.ToArray().SkipLast(1).Append(-level).Max(u => Math.Abs(u + level));
            yield return More * (truncated.HalfWidth + (_alpha * error) + (2 * Unit * Math.Abs(level)));
            yield return More * (truncated.LogPolicyRadius + (2 * error));
            yield return More * (terminated.HalfWidth + penalised.Certificate.HalfWidth + (_alpha * error) + last);
            yield return More * (terminated.LogPolicyRadius + penalised.Certificate.LogPolicyRadius + (2 * error));
        }
    }

    private IEnumerable<double> ReturnShortfall()
    {
        SoftProblem task = new(_mdp.WithReward(_scenario.ExpertReward), 0);
        PolicyValue expert = PolicyValue.Of(task, solved.Expert.Policy), policy = PolicyValue.Of(task, _scenario.Policy);
        double ofQ = policy.Values.ErrorBound + RoundingOf.Expectation(_mdp, Largest(policy.Values.Values), _scenario.ExpertReward.MaxAbs());
        double[] spreads = [.. Enumerable.Range(0, _mdp.States).Select(s => Taken(Policy.Uniform(_mdp.Kernel), s).Max(a => policy.Q[s, a]) - Taken(Policy.Uniform(_mdp.Kernel), s).Min(a => policy.Q[s, a]))];
        CertifiedNumber psi = solved.Imitation.Psi(_scenario.Policy);
        double promise = (spreads.Max() + ofQ + ofQ) * Math.Sqrt((psi.Value + psi.ErrorBound) / 2) * _horizon;
        return [expert.Objective.ErrorBound + policy.Objective.ErrorBound + (8 * Unit * promise)];
    }

    /// <summary>Twice the row error of pihat, once for each end of a step, and that of the kernel.</summary>
    private double RowErrors => (2 * RoundingOf.RowSumError(solved.Candidate.Policy)) + _mdp.Kernel.RowSumError;

    private double TwoNear(Func<Policy, PolicyValue> evaluate) => new[] { solved.Candidate, Solve(_mdp.Reward, 2 * _alpha) }
        .Sum(solution => RoundingOf.ObjectiveNear(evaluate(solution.Policy), solution.Certificate.LogPolicyRadius).ErrorBound);

    private CertifiedNumber PsiOf(SoftSolution solution) => solved.Imitation.Psi(solution.Policy, solution.Certificate.LogPolicyRadius);

    /// <summary>sum_s d(s) V(s): the half-width, and S + 2 roundings at the size of the largest value, however small the sum is.</summary>
    private double OfObjective(SoftSolution solution) => More * (solution.Certificate.HalfWidth + (Unit * (_mdp.States + 2) * Largest(solution.Values)));

    private double Log(Policy policy) => RoundingOf.LargestLog(_mdp, policy);

    private SoftSolution Anew(StateActionTable reward, double temperature) => SolvedScenario.Solve(new SoftProblem(_mdp.WithReward(reward), temperature));

    /// <summary>From the candidate's values, as a statement does that compares with the candidate.</summary>
    private SoftSolution Solve(StateActionTable reward, double temperature) => SolvedScenario.Solve(new SoftProblem(_mdp.WithReward(reward), temperature), solved.Candidate.Values);

    private SoftSolution Tuned(Policy prior, StateActionTable reward, double weight) => SolvedScenario.Solve(SoftProblem.ResidualQLearning(_mdp, prior, reward, weight));

    private static IEnumerable<int> Taken(Policy policy, int state) => Enumerable.Range(0, policy.Actions).Where(a => policy.Probability(state, a) > 0);

    private static double Largest(IEnumerable<double> values) => values.Max(Math.Abs);

    private static double Largest(ReadOnlySpan<double> values) => values.ToArray().Max(Math.Abs);
}
